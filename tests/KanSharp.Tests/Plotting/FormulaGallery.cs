using KanSharp.Interpretation;
using KanSharp.Networks;
using KanSharp.Plotting;

namespace KanSharp.Tests.Plotting;

/// <summary>The pictures of the way from a network to a formula, with data that needs no random numbers.</summary>
internal static class FormulaGallery
{
    private const string Long = "exp((sin(pi*(x1^2+x2^2))+sin(pi*(x3^2+x4^2)))/2)*sqrt((x1-x2)^2+(x3-x4)^2)";

    public static readonly IReadOnlyDictionary<string, Func<Scene>> Pictures = new Dictionary<string, Func<Scene>>
    {
        ["network-products"] = () => Products().Draw(),
        ["network-products-crowded"] = () => ProductGrid().Draw(),
        ["network-formula"] = () => Hello().Draw(),
        ["network-pruned"] = () => (Prunable() with { View = DiagramView.Pruned, Title = "Pruned" }).Draw(),
        ["network-ghosted"] = () => (Prunable() with { View = DiagramView.Ghosted, Title = "Ghosted" }).Draw(),
        ["candidates"] = () => Candidates().Draw(),
        ["candidates-pole"] = () => Pole().Draw(),
        ["pareto"] = () => Pareto().Draw(),
        ["pareto-zero"] = () => new ParetoPlot
        {
            Points = [new(1, 0.8, "y"), new(4, 0, Gallery.Hostile), new(4, 0, "the same again"), new(9, double.NaN, "1/0")],
            Pick = 1,
        }.Draw(),
        ["pareto-empty"] = () => new ParetoPlot { Points = [] }.Draw(),
        ["tree"] = () => Tree().Draw(),
        ["tree-wide"] = () => WideTree().Draw(),
        ["tree-single"] = () => new TreeDiagram { Root = new TreeBox { Label = Gallery.Hostile } }.Draw(),
        ["histograms"] = () => Histograms().Draw(),
        ["histograms-empty"] = () => new HistogramGrid { Panels = [] }.Draw(),
        ["residuals"] = () => Residuals().Draw(),
        ["residuals-empty"] = () => new ResidualPlot { Actual = [], Predicted = [] }.Draw(),
        ["scores"] = () => Scores().Draw(),
        ["scores-signed"] = () => new ScoreBars
        {
            Title = Gallery.Hostile,
            Scores = [("rises with", 0.8), (Long, -0.35), ("nothing", 0), ("unknown", double.NaN), ("small", 3.2e-7)],
        }.Draw(),
        ["chart-long-names"] = () => LongNames().Draw(),
    };

    public static NetworkDiagram Hello()
    {
        DiagramEdge[] edges =
        [
            Gallery.Curve(0, 0, 0, 0.9, x => Math.Sin(Math.PI * x)) with { Label = "sin(3.14159·x)" },
            Gallery.Curve(0, 1, 0, 0.5, x => x * x) with { Label = "x²" },
            Gallery.Curve(1, 0, 0, 1.1, Math.Exp) with { Label = "exp(x)" },
        ];
        return new NetworkDiagram
        {
            Widths = [2, 1, 1],
            InputNames = ["x", "y"],
            OutputNames = ["f = exp(sin(3.14159·x) + y²)"],
            NodeScores = [[0.9, 0.5], [1.1], [1]],
            Edges = [.. edges.Select(edge => edge with { Mode = EdgeMode.Symbolic })],
        };
    }

    // one sum, a product of two and a product of three; the output is a product
    public static NetworkDiagram Products() => new()
    {
        Title = "Mixed arity",
        Widths = [3, 3, 1],
        Arities = [[1, 1, 1], [1, 2, 3], [2]],
        InputNames = ["mass", "velocity", "angle"],
        OutputNames = ["energy"],
        Edges =
        [
            .. Enumerable.Range(0, 9).Select(i => Gallery.Curve(0, i % 3, (i * 2) % 6, 0.15 + (0.1 * i), Shape(i)) with
            {
                Label = i % 2 == 0 ? "x^2" : i == 3 ? "1/(x + 0.7301)" : "",
                Mode = i % 2 == 0 || i == 3 ? EdgeMode.Symbolic : EdgeMode.Numeric,
            }),
            Gallery.Curve(1, 0, 0, 0.4, x => x) with { Label = "x", Mode = EdgeMode.Symbolic },
            Gallery.Curve(1, 1, 1, 0.8, x => x * x) with { Label = "x²", Mode = EdgeMode.Both },
            Gallery.Curve(1, 2, 1, 0.2, Math.Sin) with { Label = "sin(1.5·x) and more that has no room in a box", Mode = EdgeMode.Symbolic },
        ],
    };

    public static NetworkDiagram Prunable()
    {
        // node 4 of the hidden row has no way to the output, node 5 none from the inputs; input 4 leads nowhere
        DiagramEdge[] edges =
        [
            .. Gallery.Network([4, 5, 1]).Edges.Select((edge, i) => edge with
            {
                Score = edge.Layer == 0 && (edge.From == 3 || edge.To == 4) ? 0.01 : 0.1 + (0.05 * (i % 14)),
                Mode = edge is { Layer: 1, From: 3 } || i % 9 == 4 ? EdgeMode.Off : EdgeMode.Numeric,
            }),
        ];
        return new NetworkDiagram { Widths = [4, 5, 1], Edges = edges, Threshold = 0.05, InputNames = ["a", "b", "c", "d"] };
    }

    public static NetworkDiagram ProductGrid() => new()
    {
        Widths = [6, 12, 3],
        Arities = [[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 4], [1, 1, 2]],
        OutputNames = ["first", "second with a long name that leans", "third"],
        Edges =
        [
            .. Enumerable.Range(0, 60).Select(i => Gallery.Curve(0, i % 6, i * 7 % 23, 0.1 + (0.01 * i), Shape(i)) with { Label = "x^2" }),
            .. Enumerable.Range(0, 24).Select(i => Gallery.Curve(1, i % 12, i % 4, 0.9 - (0.03 * i), Shape(i))),
        ],
    };

    public static CandidateChart Candidates()
    {
        double[] x = [.. Enumerable.Range(0, 121).Select(i => -1 + (i / 60.0))];
        double[] y = [.. x.Select(v => (1.2 * Math.Sin(3.1 * v)) + 0.4)];
        return new CandidateChart
        {
            Title = "Edge (0, 0, 0)",
            X = x,
            Y = y,
            Samples = [.. Enumerable.Range(0, 500).Select(i => Math.Sin(i * 0.7) * Math.Cos(i * 0.3))],
            Candidates =
            [
                new CandidateCurve { Label = "1.2·sin(3.1·x)+0.4", Y = [.. y.Select((v, i) => v + (0.01 * Math.Cos(i)))], R2 = 1 - 3.2e-7, Complexity = 2 },
                new CandidateCurve { Label = "−2.1·x^3+2.4·x+0.4", Y = [.. x.Select(v => (-2.1 * v * v * v) + (2.4 * v) + 0.4)], R2 = 0.9871, Complexity = 3 },
                new CandidateCurve { Label = "tanh", Y = [.. x.Select(v => (0.9 * Math.Tanh(3 * v)) + 0.4)], R2 = 0.6312, Complexity = 3 },
            ],
        };
    }

    public static CandidateChart Pole()
    {
        double[] x = [.. Enumerable.Range(0, 81).Select(i => 0.1 + (i / 40.0))];
        return new CandidateChart
        {
            X = x,
            Y = [.. x.Select(v => Math.Log(v))],
            Candidates =
            [
                new CandidateCurve { Label = "1/(x−1)", Y = [.. x.Select(v => 0.1 / (v - 1))] },
                new CandidateCurve { Label = Long, Y = [.. x.Select(v => v > 1 ? double.NaN : v)], R2 = -0.2, Complexity = 41 },
                .. Enumerable.Range(1, 5).Select(i => new CandidateCurve { Label = $"x^{i}", Y = [.. x.Select(v => Math.Pow(v, i) - 2)], R2 = 0.5 / i }),
            ],
        };
    }

    public static ParetoPlot Pareto() => new()
    {
        Points =
        [
            new(1, 1.9, "1.45"), new(3, 1.2, "x + 1.4"), new(5, 0.71, "exp(x) + 0.2"), new(6, 0.9, "x*y + x"), new(8, 0.2, "exp(x + y^2)"), new(9, 0.25, "2*sin(x)"),
            new(11, 3e-4, "exp(sin(3.14*x) + y^2)"), new(12, 4e-15, "exp(sin(pi*x) + y^2)"), new(19, 3.9e-15, Long), new(19, 0.05, "sin(x)*cos(y)/(x+2)"), new(23, 3.8e-15, Long),
        ],
        Pick = 7,
    };

    public static TreeDiagram Tree() => new()
    {
        Title = "Structure of exp(sin(x1 + x2)·x3) + x4/x5",
        Root = new TreeBox
        {
            Label = "sum",
            Detail = "separable to 2.1e−7",
            Kind = StructureKind.Add,
            Children =
            [
                new TreeBox
                {
                    Label = "group",
                    Detail = "f(x1, x2, x3)",
                    Kind = StructureKind.GeneralSeparability,
                    Children =
                    [
                        new TreeBox
                        {
                            Label = "product",
                            Kind = StructureKind.Mul,
                            Children =
                            [
                                new TreeBox { Label = "symmetric", Detail = "x1 + x2", Kind = StructureKind.Symmetry, Children = [new TreeBox { Label = "x1" }, new TreeBox { Label = "x2" }] },
                                new TreeBox { Label = "x3" },
                            ],
                        },
                    ],
                },
                new TreeBox { Label = "not separable", Detail = "best score 0.13", Kind = StructureKind.None, Children = [new TreeBox { Label = "x4" }, new TreeBox { Label = "x5" }] },
            ],
        },
    };

    public static TreeDiagram WideTree() => new()
    {
        Root = new TreeBox
        {
            Label = "sum",
            Kind = StructureKind.Add,
            Children =
            [
                .. Enumerable.Range(1, 9).Select(i => new TreeBox
                {
                    Label = i % 3 == 0 ? Long : $"part {i}",
                    Kind = StructureKind.Mul,
                    Children = [.. Enumerable.Range(0, i % 4).Select(j => new TreeBox { Label = $"x{i}{j}" })],
                }),
            ],
        },
    };

    public static HistogramGrid Histograms() => new()
    {
        Title = "What reaches the edges",
        Panels =
        [
            new HistogramPanel { Name = "x1", Values = Wave(400, i => Math.Sin(i)), Grid = (-1, 1) },
            new HistogramPanel { Name = "x2", Values = Wave(400, i => Math.Sin(i) * Math.Cos(i * 0.37) * 1.6), Grid = (-1, 1) },
            new HistogramPanel { Name = "constant", Values = Wave(10, _ => 3), Grid = (-1, 1) },
            new HistogramPanel { Name = "row 1, node 1", Values = Wave(400, i => 2e-5 * Math.Exp(Math.Sin(i))) },
            new HistogramPanel { Name = "partly undefined and with a long name", Values = Wave(300, i => i % 3 == 0 ? double.NaN : Math.Sqrt(i)), Grid = (0, 12) },
            new HistogramPanel { Name = Gallery.Hostile, Values = [double.NaN], Grid = (-1, 1) },
        ],
    };

    public static ResidualPlot Residuals()
    {
        double[] actual = Wave(300, i => 20 + (8 * Math.Sin(i)));
        return new ResidualPlot { Quantity = "pressure (Pa)", Actual = actual, Predicted = [.. actual.Select((v, i) => v + (0.4 * Math.Cos(i * 2.7)))] };
    }

    public static ScoreBars Scores() => new()
    {
        Title = "Attribution",
        Scores = [("velocity", 1.24), ("mass", 0.71), ("angle of attack [deg]", 0.33), ("x4", 0.002)],
    };

    public static Chart LongNames() => new()
    {
        Title = "Names as long as formulas",
        X = new ChartAxis { Label = "intervals", Scale = AxisScale.Log },
        Y = new ChartAxis { Label = "RMSE", Scale = AxisScale.Log },
        Series = [.. new[] { "J0(20x)", "xy", Long + "+" + Long, "exp(sin(pi x)+y^2)", Long }
            .Select((name, i) => new ChartSeries { Name = name, X = [3, 10, 30], Y = [1.0 / (i + 1), 1e-2, 1e-4 * (i + 1)] })],
        Width = 560,
    };

    private static double[] Wave(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];

    private static Func<double, double> Shape(int n) => (n % 3) switch
    {
        0 => x => Math.Sin((2 + (n % 4)) * x),
        1 => x => x * x,
        _ => x => Math.Tanh(3 * x),
    };
}
