using KanSharp.Bases;
using KanSharp.Layers;

namespace KanSharp.Benchmarks;

/// <summary>The options --basis, --grid and --degree: a further basis is one more row of the table.</summary>
internal sealed record BasisChoice(string Name, int Intervals, int Degree, KanLinearOptions Options)
{
    public const string Usage = "--basis bspline --grid 5 --degree 3";

    private static readonly Dictionary<string, Func<int, int, KanLinearOptions>> s_known = new(StringComparer.Ordinal)
    {
        ["bspline"] = (intervals, degree) => new BSplineOptions { Intervals = intervals, Degree = degree },
    };

    /// <summary>Multiply-adds per edge and sample of a forward pass: the degree + 1 functions that are not zero, and the base branch.</summary>
    public int ActiveTerms => Degree + 2;

    public static BasisChoice Read(CaseOptions options)
    {
        string name = options.Text("basis", "bspline");
        int intervals = options.Integer("grid", 5), degree = options.Integer("degree", 3);
        if (!s_known.TryGetValue(name, out Func<int, int, KanLinearOptions>? create))
            throw new FormatException($"--basis is one of {string.Join(", ", s_known.Keys)}; got '{name}'.");
        try
        {
            KanLinearOptions chosen = create(intervals, degree);
            chosen.Validate();
            return new BasisChoice(name, intervals, degree, chosen);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"--grid {intervals} --degree {degree}: {error.Message}", error);
        }
    }
}
