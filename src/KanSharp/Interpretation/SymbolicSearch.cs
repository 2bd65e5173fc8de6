using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>From a trained network to formulas.</summary>
/// <remarks>
/// <para>Every live edge is fitted with every function of the catalogue (<see cref="EdgeFitter"/>). The likeliest combinations of functions for the whole network are
/// written out, and all their constants fitted together (<see cref="ConstantPolish"/>), which tells right functions from those that only look alike on an inexact
/// edge. Where no combination comes to the accuracy of the network, the search goes layer by layer, inputs first: functions take the place of a layer's edges,
/// everything after them is fitted anew, and what raises the error too much is taken back; several alternatives are kept. In the end constants become
/// simple numbers where the data can not tell the difference (<see cref="ConstantSnapper"/>).</para>
/// <para>Constants are fitted to the training samples alone; formulas are compared on the validation samples where there are any.</para>
/// </remarks>
public static class SymbolicSearch
{
    /// <summary>Searches.</summary>
    /// <param name="network">The network, pruned as far as it goes; it stays as it is. Edges that are symbolic already keep their functions.</param>
    /// <param name="data">
    /// Samples to fit constants to, and in <see cref="TrainingData{T}.Validation"/> those by which formulas are chosen. With class indices instead of target values
    /// the formulas are fitted to the outputs of the network.
    /// </param>
    /// <param name="options">How; the defaults if null.</param>
    /// <param name="progress">Receives reports, on the calling thread.</param>
    /// <param name="cancellationToken">Ends the search with the best so far.</param>
    /// <exception cref="ArgumentException">Data and network do not fit together, or a sample leads to a value that is not finite.</exception>
    public static SymbolicSearchResult Run(
        KanNetwork<double> network, TrainingData<double> data, SymbolicSearchOptions? options = null, IProgress<SymbolicProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new SymbolicSearchOptions();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.TimeLimit is { } time)
            limit.CancelAfter(time);
        SymbolicSearchResult result = new SymbolicRun(network, data, options, progress, limit.Token).Run();
        return result.Reason == StopReason.Cancelled && !cancellationToken.IsCancellationRequested ? result with { Reason = StopReason.TimeLimit } : result;
    }
}
