using System.Numerics;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Benchmarks;

/// <summary>The options --basis, --grid and --degree: a further basis is one more row of the table. Global bases have grid + degree functions.</summary>
internal sealed record BasisChoice(string Name, int Intervals, int Degree, KanLinearOptions Options)
{
    public const string Usage = "--basis bspline|gaussian|chebyshev --grid 5 --degree 3";

    /// <summary>For a single layer, which may also compute with the zeros of its B-splines.</summary>
    public const string LayerUsage = "--basis bspline|bspline-dense|gaussian|chebyshev --grid 5 --degree 3";

    private const string Dense = "bspline-dense";

    private static readonly Dictionary<string, Func<int, int, KanLinearOptions>> s_known = new(StringComparer.Ordinal)
    {
        ["bspline"] = (intervals, degree) => new BSplineOptions { Intervals = intervals, Degree = degree },
        ["gaussian"] = (intervals, degree) => KanFamilies.Named("gaussian").Options(intervals + degree) with { Bias = false },
        ["chebyshev"] = (intervals, degree) => KanFamilies.Named("chebykan").Options(intervals + degree - 1),
    };

    /// <summary>Multiply-adds per edge and sample of a forward pass: the functions that are not zero, and the base branch.</summary>
    public int ActiveTerms => Name switch
    {
        "bspline" => Degree + 2,
        "chebyshev" => Intervals + Degree,
        _ => Intervals + Degree + 1,
    };

    /// <summary>A layer with this basis.</summary>
    public Module<T> CreateLayer<T>(int inputs, int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Name switch
        {
            Dense => new DenseSplineLayer<T>(KanLinear<T>.Create(inputs, outputs, Options, new SplitRandom(0))),
            _ => KanLinear<T>.Create(inputs, outputs, Options, new SplitRandom(0)),
        };

    public static BasisChoice Read(CaseOptions options, bool singleLayer = false)
    {
        string name = options.Text("basis", "bspline");
        int intervals = options.Integer("grid", 5), degree = options.Integer("degree", 3);
        bool isDense = singleLayer && name == Dense;
        if (!s_known.TryGetValue(isDense ? "bspline" : name, out Func<int, int, KanLinearOptions>? create))
            throw new FormatException($"--basis is one of {string.Join(", ", singleLayer ? s_known.Keys.Append(Dense) : s_known.Keys)}; got '{name}'.");
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
