using KanSharp.Data;

namespace KanSharp.Interpretation;

/// <summary>
/// From a table to a formula: simple candidates, then sums and products of terms searched directly, then small networks that are trained, pruned, made symbolic and
/// polished. Every candidate is measured on rows that nothing was fitted to, and the one of least description length is the pick.
/// </summary>
public static class FormulaDiscovery
{
    /// <summary>Looks for a formula.</summary>
    /// <param name="data">Samples of a regression with one target, in original units: at least 3.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <param name="progress">Receives reports, on the searching thread.</param>
    /// <param name="cancellation">Ends the search; the result is the best so far, no exception.</param>
    /// <exception cref="ArgumentException">The data are no regression with one target, or too few.</exception>
    public static DiscoveryResult Discover(
        Dataset<double> data, DiscoveryOptions? options = null, IProgress<DiscoveryProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Task != TaskKind.Regression || data.Outputs != 1)
            throw new ArgumentException($"The data have {(data.Task == TaskKind.Regression ? $"{data.Outputs} targets" : "classes")}; a formula is sought for one target of numbers.", nameof(data));
        if (data.Count < DiscoveryRun.FewestRows)
            throw new ArgumentException($"The data have {data.Count} rows; a formula needs at least {DiscoveryRun.FewestRows}.", nameof(data));
        using var run = new DiscoveryRun(data, options ?? new DiscoveryOptions(), progress, cancellation);
        return run.Run();
    }
}
