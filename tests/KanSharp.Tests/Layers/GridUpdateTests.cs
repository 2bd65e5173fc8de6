using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>Grids that follow data must not change what the layer computes, whatever the data look like.</summary>
public class GridUpdateTests
{
    public static TheoryData<GridConvention> Conventions => [.. Enum.GetValues<GridConvention>()];

    [Theory]
    [MemberData(nameof(Conventions))]
    public void PolynomialsOfTheDegreeAreKeptExactly(GridConvention convention)
    {
        var options = new GridUpdateOptions { Convention = convention };
        KanLinear<double> layer = Cubics<double>();
        Tensor<double> x = Check.Sample<double>(new Shape(300, 2), 5, -0.7, 0.9);
        double[] before = Predict(layer, x);
        GridUpdateReport report = GridUpdate.Apply(layer, x, options);
        Assert.Equal(2, report.Updated);
        Assert.Empty(report.Kept);
        Assert.True(report.RelativeChange < 1e-9, $"relative change {report.RelativeChange}");
        Check.Close<double>(before, Predict(layer, x), 1e-9);

        KanLinear<float> single = Cubics<float>();
        Tensor<float> points = x.Cast<float>();
        double[] expected = Check.Doubles<float>(Predict(single, points));
        GridUpdate.Apply(single, points, options);
        Check.Close<float>(expected, Predict(single, points), 2e-4);
    }

    [Fact]
    public void SmoothFunctionsAreKeptClosely()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(2, 3, new BSplineOptions { Intervals = 4 }, 1, uniform: true);
        // The fine grid holds every knot of the coarse functions' neighbourhood well enough; the data fill the old grid.
        KanLinear<double> fine = Refined(layer);
        Tensor<double> x = Check.Sample<double>(new Shape(500, 2), 5, -1, 1);
        GridUpdateReport report = GridUpdate.Apply(fine, x, new GridUpdateOptions { Epsilon = 0.5 });
        Assert.InRange(report.RelativeChange, 0, 0.02);
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void KnotsFollowTheSamples(GridConvention convention)
    {
        KanLinear<double> layer = Cubics<double>();
        Tensor<double> x = Check.Sample<double>(new Shape(400, 2), 5, 3, 7);
        GridUpdate.Apply(layer, x, new GridUpdateOptions { Convention = convention, Epsilon = 1, Margin = 0.25 });
        double margin = convention == GridConvention.EfficientKan ? 0.25 : 0;
        for (int input = 0; input < 2; input++)
        {
            double[] samples = [.. Enumerable.Range(0, 400).Select(n => x[n, input])];
            Span<double> knots = layer.Knots.Value.Row(input);
            double step = (samples.Max() - samples.Min() + 2 * margin) / 5;
            for (int j = 0; j < knots.Length; j++)
                Assert.Equal(samples.Min() - margin + (j - 3) * step, knots[j], 1e-12);
        }
    }

    [Fact]
    public void QuantilesHoldEquallyManySamples()
    {
        KanLinear<double> layer = Cubics<double>();
        Tensor<double> x = Check.Sample<double>(new Shape(1001, 2), 5, 0, 1);
        foreach (ref double value in x.Span)
            value *= value * value;
        foreach (GridConvention convention in Enum.GetValues<GridConvention>())
        {
            GridUpdate.Apply(layer, x, new GridUpdateOptions { Epsilon = 0, Convention = convention });
            double[] knots = layer.Knots.Value.Row(0).ToArray();
            for (int cell = 3; cell < 8; cell++)
                Assert.InRange(Enumerable.Range(0, 1001).Count(n => x[n, 0] >= knots[cell] && x[n, 0] < knots[cell + 1]), 198, 202);
        }
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void DegenerateColumnsKeepTheFunction(GridConvention convention)
    {
        foreach (double epsilon in new[] { 0, 0.02, 1 })
        {
            foreach (double[] column in new double[][]
            {
                [0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.5], // repeated samples
                [.. Enumerable.Repeat(0.0, 90), .. Enumerable.Range(1, 20).Select(n => n * 0.04)], // mostly one value
                [0.1, 0.2, 0.5], // fewer than intervals
                [-0.5, 0.5],
                [-1e-3, 1e-3],
            })
            {
                KanLinear<double> layer = Cubics<double>();
                var x = new Tensor<double>(new Shape(column.Length, 2), [.. column.SelectMany(value => new[] { value, -value })]);
                double[] before = Predict(layer, x);
                GridUpdateReport report = GridUpdate.Apply(layer, x, new GridUpdateOptions { Convention = convention, Epsilon = epsilon });
                Assert.Equal(2, report.Updated);
                Check.Close<double>(before, Predict(layer, x), 1e-6);
            }
        }
    }

    [Fact]
    public void ColumnsWithoutExtentAreKeptWithAReason()
    {
        Check<double>(1e-12);
        Check<float>(1e-7f);

        static void Check<T>(T spread)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            foreach (int rows in new[] { 0, 1, 6 })
            {
                KanLinear<T> layer = Cubics<T>();
                T[] knots = layer.Knots.Value.Span.ToArray();
                T[] coefficients = layer.Coefficients.Value.Span.ToArray();
                var x = new Tensor<T>(new Shape(rows, 2));
                x.Span.Fill(T.CreateTruncating(0.7));
                if (rows > 1)
                    x[1, 0] += spread;
                GridUpdateReport report = GridUpdate.Apply(layer, x, new GridUpdateOptions { Convention = GridConvention.Pykan });
                Assert.Equal(0, report.Updated);
                Assert.Equal(2, report.Kept.Count);
                Assert.StartsWith(rows == 0 ? "input 0: no samples" : "input 0: all samples are 0.7", report.Kept[0], StringComparison.Ordinal);
                Assert.Equal(0, report.RelativeChange);
                Assert.Equal(knots, layer.Knots.Value.Span.ToArray());
                Assert.Equal(coefficients, layer.Coefficients.Value.Span.ToArray());
            }
        }
    }

    [Fact]
    public void ASampleThatIsNoNumberIsNamedAndNothingChanges()
    {
        KanLinear<double> layer = Cubics<double>();
        double[] knots = layer.Knots.Value.Span.ToArray();
        Tensor<double> x = Check.Sample<double>(new Shape(20, 2));
        x[7, 1] = double.NaN;
        string message = Assert.Throws<ArgumentException>(() => GridUpdate.Apply(layer, x)).Message;
        Assert.Contains("input 1 of sample 7 is NaN", message, StringComparison.Ordinal);
        Assert.Equal(knots, layer.Knots.Value.Span.ToArray());
        Assert.Contains("must be 2", Assert.Throws<ArgumentException>(() => GridUpdate.Apply(layer, new Tensor<double>(new Shape(5, 3)))).Message, StringComparison.Ordinal);
        Assert.Contains("Epsilon is 2", Assert.Throws<ArgumentException>(() => GridUpdate.Apply(layer, x, new GridUpdateOptions { Epsilon = 2 })).Message, StringComparison.Ordinal);
        Assert.Contains("Margin is -1", Assert.Throws<ArgumentException>(() => GridUpdate.Apply(layer, x, new GridUpdateOptions { Margin = -1 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThinningOfManySamplesKeepsQuantilesAndFunction()
    {
        KanLinear<double> layer = Cubics<double>();
        Tensor<double> x = Check.Sample<double>(new Shape(20_000, 2), 5, -1, 1);
        double[] before = Predict(layer, x);
        GridUpdate.Apply(layer, x, new GridUpdateOptions { Epsilon = 0 });
        Check.Close<double>(before, Predict(layer, x), 1e-8);
        Assert.Equal(Enumerable.Range(0, 20_000).Min(n => x[n, 0]), layer.Knots.Value[0, 3]);
        Assert.Equal(Enumerable.Range(0, 20_000).Max(n => x[n, 0]), layer.Knots.Value[0, 8]);
    }

    [Fact]
    public void ANetworkIsUpdatedAsAWholeOrNotAtAll()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3, 1], seed: 2);
        network.Layers[0].BaseWeight!.Value[1, 2] = double.NaN; // the first layer's input is fine, the second's is not
        Tensor<double> x = new(new Shape(50, 2));
        new SplitRandom(3).FillUniform(x.Span, -2, 2);
        double[] knots = network.Layers[0].Knots.Value.Span.ToArray();
        double[] coefficients = network.Layers[0].Coefficients.Value.Span.ToArray();
        Assert.Contains("layer 1", Assert.Throws<ArgumentException>(() => GridUpdate.Apply(network, x)).Message);
        Assert.Equal(knots, network.Layers[0].Knots.Value.Span.ToArray());
        Assert.Equal(coefficients, network.Layers[0].Coefficients.Value.Span.ToArray());
    }

    [Fact]
    public void ANetworkIsUpdatedInOnePassLayerByLayer()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 4, 3, 1], new BSplineOptions { Intervals = 8 }, 3);
        KanNetwork<double> byHand = network.Clone();
        Tensor<double> x = Check.Sample<double>(new Shape(250, 2), 5, -1, 1);
        double[] before = Predict(network, x);
        IReadOnlyList<GridUpdateReport> reports = network.UpdateGrid(x);
        Assert.Equal(3, reports.Count);
        Check.Close<double>(before, Predict(network, x), 2e-3);
        Tensor<double> hidden = x;
        foreach (KanLinear<double> layer in byHand.Layers)
        {
            GridUpdate.Apply(layer, hidden);
            hidden = layer.Forward(new Tape<double>().Constant(hidden)).ToTensor();
        }

        foreach ((KanLinear<double> expected, KanLinear<double> actual) in byHand.Layers.Zip(network.Layers))
        {
            Assert.Equal(expected.Knots.Value.Span.ToArray(), actual.Knots.Value.Span.ToArray());
            Assert.Equal(expected.Coefficients.Value.Span.ToArray(), actual.Coefficients.Value.Span.ToArray());
        }
    }

    /// <summary>A layer whose edge functions are cubic polynomials on the whole line.</summary>
    private static KanLinear<T> Cubics<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanLinear<T> layer = LayerFactory.Filled<T>(2, 3, new KanLinearOptions { Bias = true }, 2, uniform: true);
        double[] x = [.. Enumerable.Range(0, 60).Select(n => -0.99 + n * 0.033)];
        for (int input = 0; input < 2; input++)
        {
            double[] y = [.. x.SelectMany(u => new[] { 1 + u - (u * u * u), 0.3 * u * u, 2 - input * u })];
            double[] fitted = SplineFit.LeastNorm(Check.Doubles<T>(layer.Knots.Value.Row(input)), 3, x, y, 3);
            for (int index = 0; index < fitted.Length; index++)
                layer.Coefficients.Value.Span[input * fitted.Length + index] = T.CreateTruncating(fitted[index]);
        }

        return layer;
    }

    /// <summary>The same functions on a grid four times as fine.</summary>
    private static KanLinear<double> Refined(KanLinear<double> layer)
    {
        KanLinear<double> fine = KanLinear<double>.Create(2, 3, layer.Options with { Basis = layer.Options.Spline with { Intervals = 16 } }, new SplitRandom(0));
        double[] x = [.. Enumerable.Range(0, 400).Select(n => -1 + (n + 0.5) / 200)];
        for (int input = 0; input < 2; input++)
        {
            LocalBasisTable<double> coarse = BSplineTable.Build<double>(layer.Knots.Value.Row(input), 1, 3, OutsideGrid.Linear);
            double[] y = SplineFit.Evaluate(coarse, x, layer.Coefficients.Value.Span.Slice(input * 7 * 3, 7 * 3), 3);
            double[] fitted = SplineFit.LeastNorm(fine.Knots.Value.Row(input), 3, x, y, 3);
            fitted.CopyTo(fine.Coefficients.Value.Span[(input * fitted.Length)..]);
        }

        return fine;
    }

    private static T[] Predict<T>(Module<T> module, Tensor<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        module.Forward(new Tape<T> { RecordsGradients = false }.Constant(x)).Values.ToArray();
}
