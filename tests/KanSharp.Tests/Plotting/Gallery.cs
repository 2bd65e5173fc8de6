using KanSharp.Networks;
using KanSharp.Plotting;

namespace KanSharp.Tests.Plotting;

/// <summary>One picture of every kind, with data that needs no random numbers.</summary>
internal static class Gallery
{
    public const string Hostile = "<b>&\"a'\u0001\uD800</b> ]]> ü 日本";

    public static readonly IReadOnlyDictionary<string, Func<Scene>> Pictures = new Dictionary<string, Func<Scene>>(FormulaGallery.Pictures)
    {
        ["network-2-5-1"] = () => Network([2, 5, 1]).Draw(),
        ["network-4-3-3-2"] = () => (Network([4, 3, 3, 2]) with
        {
            InputNames = ["mass", "velocity", "height", "drag"],
            OutputNames = ["energy", "momentum"],
            Title = "Falling body",
        }).Draw(),
        ["network-13-6-1"] = () => (Network([13, 6, 1]) with
        {
            Title = "House prices",
            InputNames = [.. Enumerable.Range(1, 13).Select(i => $"feature number {i}")],
            OutputNames = ["median value"],
        }).Draw(),
        ["network-64-16-10"] = () => (Network([64, 16, 10]) with
        {
            Title = "Digits",
            InputNames = [.. Enumerable.Range(0, 64).Select(i => $"pixel {i / 8},{i % 8}")],
            OutputNames = [.. Enumerable.Range(0, 10).Select(i => $"{i}")],
        }).Draw(),
        ["network-modes"] = () => Modes().Draw(),
        ["network-1-1"] = () => Network([1, 1]).Draw(),
        ["edge"] = () => Edge().Draw(),
        ["edge-plain"] = () => (Edge() with { Spline = null, Base = null, Knots = [], DataRange = null, Title = "" }).Draw(),
        ["loss"] = () => (Loss() with { Metric = [] }).Draw(),
        ["loss-metric"] = () => Loss().Draw(),
        ["loss-short"] = () => new LossChart { Training = [0.9, 0.4, 0.35] }.Draw(),
        ["heat-map"] = () => Heat(1).Draw(),
        ["heat-map-small-values"] = () => (Heat(1e-7) with { EqualScales = true, Title = "", X = (0, 2), ValueLabel = "error of a very long name of an unknown" }).Draw(),
        ["digits"] = () => Digits(20).Draw(),
        ["confusion-2"] = () => new ConfusionMatrix { Labels = ["no", "yes"], Counts = [[941, 12], [30, 217]] }.Draw(),
        ["confusion-10"] = () => Confusion([.. Enumerable.Range(0, 10).Select(i => $"{i}")]).Draw(),
        ["confusion-names"] = () => Confusion(
            ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]).Draw(),
        ["parity"] = () => Parity().Draw(),
        ["chart-lines"] = () => Lines().Draw(),
        ["chart-log"] = () => LogLog().Draw(),
        ["chart-bars"] = () => Bars().Draw(),
        ["chart-scatter"] = () => Scatter().Draw(),
        ["chart-empty"] = () => new Chart { Title = "Nothing yet", X = new ChartAxis { Label = "epoch" } }.Draw(),
        ["chart-constant"] = () => new Chart { Series = [new ChartSeries { X = [0, 1, 2], Y = [3, 3, 3] }] }.Draw(),
        ["chart-point"] = () => new Chart { Series = [new ChartSeries { X = [4], Y = [-2e-7] }] }.Draw(),
        ["chart-hostile"] = () => (Lines() with { Title = Hostile, X = new ChartAxis { Label = Hostile } }).Draw(),
    };

    public static NetworkDiagram Network(int[] widths)
    {
        var edges = new List<DiagramEdge>();
        for (int layer = 0; layer + 1 < widths.Length; layer++)
        {
            for (int from = 0; from < widths[layer]; from++)
            {
                for (int to = 0; to < widths[layer + 1]; to++)
                {
                    int n = edges.Count;
                    double score = Math.Round(Math.Pow(0.5 + (0.5 * Math.Sin((n * 2.3) + 0.7)), 2), 6);
                    edges.Add(Curve(layer, from, to, score, Shape(n)));
                }
            }
        }

        return new NetworkDiagram { Widths = widths, Edges = edges };
    }

    public static NetworkDiagram Modes() => new()
    {
        Widths = [2, 2, 1],
        InputNames = ["x", "y"],
        OutputNames = ["f"],
        Title = "Partly symbolic",
        Edges =
        [
            Curve(0, 0, 0, 1, x => Math.Sin(Math.PI * x)) with { Mode = EdgeMode.Symbolic },
            Curve(0, 0, 1, 0.2, x => x) with { Mode = EdgeMode.Off },
            Curve(0, 1, 0, 0.6, x => x * x) with { Mode = EdgeMode.Both },
            Curve(0, 1, 1, 0.3, x => 4),
            Curve(1, 0, 0, 0.9, Math.Exp),
            Curve(1, 1, 0, 0.1, x => x < 0 ? double.NaN : x),
        ],
    };

    public static EdgeChart Edge()
    {
        double[] x = [.. Enumerable.Range(0, 121).Select(i => -1.5 + (i * 0.025))];
        double[] silu = [.. x.Select(v => 0.3 * v / (1 + Math.Exp(-v)))];
        double[] spline = [.. x.Select(v => Math.Sin(2.5 * v) * Math.Exp(-0.4 * v * v))];
        return new EdgeChart
        {
            Title = "Layer 1, x2 → node 3",
            XLabel = "x2",
            X = x,
            Y = [.. silu.Zip(spline, (a, b) => a + b)],
            Spline = spline,
            Base = silu,
            Knots = [.. Enumerable.Range(-4, 14).Select(i => -1 + (0.4 * i))],
            DataRange = (-0.93, 0.98),
        };
    }

    public static LossChart Loss()
    {
        double[] epochs = [.. Enumerable.Range(0, 80).Select(i => (double)i)];
        return new LossChart
        {
            Title = "Airfoil: [5,8,1], grid 10",
            Training = [.. epochs.Select(i => (0.9 * Math.Exp(-i / 9)) + (0.004 * Math.Exp(-i / 60)) + (0.0004 * Math.Sin(i)))],
            Validation = [.. epochs.Select(i => (0.95 * Math.Exp(-i / 9)) + 0.006 + (0.0000025 * (i - 50) * (i - 50)) + (0.0003 * Math.Cos(3 * i)))],
            Metric = [.. epochs.Select(i => 1 - (0.8 * Math.Exp(-i / 12)))],
            MetricName = "validation R²",
        };
    }

    public static ImageGrid Digits(int count) => new()
    {
        Title = "Handwritten digits, first of the test set",
        Images =
        [
            .. Enumerable.Range(0, count).Select(n => new GridImage
            {
                Rows = 8,
                Columns = 8,
                Pixels = [.. Enumerable.Range(0, 64).Select(i => Ring(i / 8, i % 8, n))],
                Predicted = $"{(n % 7 == 5 ? 3 : n % 10)}",
                Actual = $"{n % 10}",
            }),
        ],
    };

    public static ConfusionMatrix Confusion(string[] labels) => new()
    {
        Labels = labels,
        Counts = [.. labels.Select((_, i) => (IReadOnlyList<int>)[.. labels.Select((_, j) => i == j ? 900 + (7 * i) : (i * 13) + (j * 7) & 31)])],
    };

    public static ParityPlot Parity()
    {
        double[] actual = [.. Enumerable.Range(0, 300).Select(i => 126 + (14 * Math.Sin(i * 1.7) * Math.Cos(i * 0.31)))];
        return new ParityPlot
        {
            Title = "Airfoil self-noise, test set",
            Quantity = "sound pressure (dB)",
            Actual = actual,
            Predicted = [.. actual.Select((v, i) => v + (1.6 * Math.Sin(i * 12.9898) * Math.Cos(i * 78.233)))],
        };
    }

    public static Chart Lines()
    {
        double[] x = [.. Enumerable.Range(0, 101).Select(i => i / 10.0)];
        return new Chart
        {
            Title = "Damped oscillation",
            X = new ChartAxis { Label = "time (s)" },
            Y = new ChartAxis { Label = "displacement (m)" },
            Series =
            [
                new ChartSeries { Name = "damped", X = x, Y = [.. x.Select(t => 3e-4 * Math.Exp(-t / 4) * Math.Cos(3 * t))] },
                new ChartSeries { Name = "with a gap", X = x, Y = [.. x.Select(t => t is > 4 and < 5 ? double.NaN : 2e-4 * Math.Sin(t))], Dash = LineDash.Dashed },
            ],
        };
    }

    public static Chart LogLog() => new()
    {
        Title = "Error over grid size",
        X = new ChartAxis { Label = "grid intervals", Scale = AxisScale.Log },
        Y = new ChartAxis { Label = "test RMSE", Scale = AxisScale.Log },
        Series =
        [
            new ChartSeries { Name = "measured", Kind = SeriesKind.Scatter, X = [3, 5, 10, 20, 50, 100], Y = [1.8e-2, 3e-3, 2.1e-4, 1.2e-5, 3.4e-7, 2.5e-8] },
            new ChartSeries { Name = "G⁻⁴", X = [3, 100], Y = [2e-2, 2e-2 * Math.Pow(3.0 / 100, 4)], Dash = LineDash.Dotted },
        ],
    };

    public static Chart Bars() => new()
    {
        Title = "Test accuracy",
        X = new ChartAxis { Categories = ["wine", "digits", "breast cancer", "Fashion-MNIST (first 10000)"] },
        Y = new ChartAxis { Label = "accuracy", Minimum = 0, Maximum = 1 },
        Series =
        [
            new ChartSeries { Name = "KAN", Kind = SeriesKind.Bar, X = [0, 1, 2, 3], Y = [0.98, 0.972, 0.965, 0.881] },
            new ChartSeries { Name = "MLP", Kind = SeriesKind.Bar, X = [0, 1, 2, 3], Y = [0.96, 0.969, 0.958, 0.87] },
        ],
    };

    public static Chart Scatter() => new()
    {
        X = new ChartAxis { Label = "population" },
        Y = new ChartAxis { Label = "income" },
        Series =
        [
            new ChartSeries
            {
                Kind = SeriesKind.Scatter,
                X = [.. Enumerable.Range(0, 60).Select(i => 2e6 + (1.1e6 * Math.Sin(i)))],
                Y = [.. Enumerable.Range(0, 60).Select(i => -20 + (55 * Math.Cos(i * 1.3)))],
            },
        ],
    };

    public static DiagramEdge Curve(int layer, int from, int to, double score, Func<double, double> shape)
    {
        double[] x = [.. Enumerable.Range(0, 31).Select(i => -1 + (i / 15.0))];
        return new DiagramEdge { Layer = layer, From = from, To = to, X = x, Y = [.. x.Select(shape)], Score = score };
    }

    private static Func<double, double> Shape(int n) => (n % 5) switch
    {
        0 => x => Math.Sin((2 + (n % 3)) * x),
        1 => x => x * x,
        2 => x => Math.Exp(2 * x),
        3 => x => Math.Abs(x) - (0.3 * x),
        _ => x => Math.Tanh(4 * x),
    };

    private static double Ring(int row, int column, int n)
    {
        double radius = Math.Sqrt(((row - 3.5) * (row - 3.5)) + ((column - 3.5) * (column - 3.5)));
        return Math.Round(Math.Exp(-Math.Pow(radius - 1 - (n % 4 * 0.6), 2)), 3);
    }

    /// <summary>A saddle within a disc.</summary>
    private static HeatMap Heat(double scale) => new()
    {
        Title = "Saddle",
        Description = "x·y within the unit disc.",
        XLabel = "x",
        YLabel = "y",
        ValueLabel = "u",
        X = (-1, 1),
        Y = (-1, 1),
        Rows = 16,
        Columns = 20,
        Values =
        [
            .. from row in Enumerable.Range(0, 16)
               from column in Enumerable.Range(0, 20)
               let x = (column - 9.5) / 10
               let y = (row - 7.5) / 8
               select x * x + y * y < 1 ? scale * (x * y) : double.NaN,
        ],
    };
}
