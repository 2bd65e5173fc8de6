using System.Globalization;
using KanSharp.Benchmarks.Science;

namespace KanSharp.Benchmarks.Equations;

/// <summary>What one run of a problem gave: measures by name, NaN where one is not known.</summary>
/// <param name="Problem">Name of the problem.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Values">The measures.</param>
internal sealed record EquationResult(string Problem, int Seed, IReadOnlyDictionary<string, double> Values)
{
    /// <summary>Names of the measures, in the order of the columns.</summary>
    public static IReadOnlyList<string> Measures { get; } =
    [
        "relative_l2", "max_error", "mse", "coefficient_error", "residual", "max_residual", "error_estimate", "seconds", "parameters", "iterations", "points",
    ];

    /// <summary>Median over the runs; NaN if not known.</summary>
    public static double Median(IReadOnlyList<EquationResult> results, string measure)
    {
        double[] known = [.. results.Select(result => result.Values.GetValueOrDefault(measure, double.NaN)).Where(value => !double.IsNaN(value))];
        return known.Length > 0 ? ScienceFit.Median(known) : double.NaN;
    }

    /// <summary>Largest of the runs; NaN if not known.</summary>
    public static double Largest(IReadOnlyList<EquationResult> results, string measure) =>
        results.Select(result => result.Values.GetValueOrDefault(measure, double.NaN)).Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Max();

    /// <summary>Puts results into a table of comma-separated values: those of other problems stay, those of the same problem and seed are replaced.</summary>
    public static void Write(string path, IReadOnlyList<EquationResult> results)
    {
        string header = $"problem,seed,{string.Join(',', Measures)}";
        string[] before = File.Exists(path) ? File.ReadAllLines(path) : [];
        HashSet<string> replaced = [.. results.Select(result => Key(result.Problem, result.Seed))];
        IEnumerable<string> kept = before.Length > 0 && before[0] == header ? before.Skip(1).Where(line => !replaced.Any(key => line.StartsWith(key, StringComparison.Ordinal))) : [];
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        File.WriteAllLines(path, [header, .. kept.Concat(results.Select(result => result.Line())).Order(StringComparer.Ordinal)]);
    }

    private static string Key(string problem, int seed) => string.Create(CultureInfo.InvariantCulture, $"{problem},{seed},");

    private string Line() => Key(Problem, Seed) + string.Join(',', Measures.Select(name =>
        Values.GetValueOrDefault(name, double.NaN) is var value && double.IsNaN(value) ? "" : value.ToString("G6", CultureInfo.InvariantCulture)));
}
