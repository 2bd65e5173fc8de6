using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Tests.Autodiff;
using KanSharp.Tests.Layers;

namespace KanSharp.Tests.Networks;

/// <summary>Refining a network must not change what it computes; what it does change, the report says.</summary>
public class RefineTests
{
    public static TheoryData<int> Degrees => [1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Degrees))]
    public void NestedRefinementKeepsTheNetworkInsideAndOutside(int degree)
    {
        for (int seed = 0; seed < 8; seed++)
        {
            KanNetwork<double> network = Random<double>(seed, degree, OutsideGrid.Linear);
            Tensor<double> x = LayerFactory.Inputs(network.Layers[0], new Shape(200, 3), seed);
            double[] before = Predict(network, x);
            RefineResult<double> result = network.Refine(5 + seed);
            Check.Close<double>(before, Predict(result.Network, x), 1e-12 * Math.Max(1, before.Max(Math.Abs)));
            Assert.All(result.Layers, layer => Assert.Equal((layer.Layer.Inputs, 0), (layer.Report.Inserted, layer.Report.Projected)));
            Assert.All(result.Layers, layer => Assert.InRange(layer.Report.RelativeChange, 0, 1e-13));
            Assert.Equal(before, Predict(network, x));

            KanNetwork<float> single = Random<float>(seed, degree, OutsideGrid.Linear);
            double[] expected = Check.Doubles<float>(Predict(single, x.Cast<float>()));
            KanNetwork<float> refined = single.Refine(5 + seed).Network;
            Check.Close<float>(expected, Predict(refined, x.Cast<float>()), 2e-5 * Math.Max(1, expected.Max(Math.Abs)));
        }
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void LayersInSinglePrecisionKeepTheirFunctions(int degree)
    {
        KanLinear<float> layer = LayerFactory.Filled<float>(3, 4, new BSplineOptions { Degree = degree, Intervals = 5 }, 3);
        RefinedLayer<float> refined = GridRefinement.Refine(layer, 13);
        Assert.InRange(refined.Report.RelativeChange, 0, 1e-6);
    }

    [Fact]
    public void ZeroOutsideStaysZeroOutside()
    {
        KanNetwork<double> network = Random<double>(2, 3, OutsideGrid.Zero);
        Tensor<double> x = LayerFactory.Inputs(network.Layers[0], new Shape(200, 3), 1);
        double[] before = Predict(network, x);
        Check.Close<double>(before, Predict(network.Refine(9).Network, x), 1e-12);
    }

    [Fact]
    public void EverythingElseIsCarriedOver()
    {
        var options = new KanLinearOptions { Basis = new BSplineOptions { Intervals = 4 }, Bias = true, Mask = true };
        KanLinear<double> layer = LayerFactory.Filled<double>(2, 3, options, 1);
        layer.EdgeScale!.Trainable = false;
        KanLinear<double> refined = GridRefinement.Refine(layer, 8).Layer;
        Assert.False(refined.EdgeScale!.Trainable);
        Assert.True(refined.Coefficients.Trainable);
        Assert.Equal(8, refined.Options.Spline.Intervals);
        Assert.Equal(new Shape(2, 11, 3), refined.Coefficients.Shape);
        foreach ((string path, Parameter<double> parameter) in layer.Parameters().Where(entry => entry.Path != "coefficients"))
        {
            Parameter<double> copy = refined.Parameters().Single(entry => entry.Path == path).Parameter;
            Assert.Equal(parameter.Value.Span.ToArray(), copy.Value.Span.ToArray());
            Assert.NotSame(parameter.Value, copy.Value);
        }

        Assert.Equal(layer.Mask!.Value.Span.ToArray(), refined.Mask!.Value.Span.ToArray());
    }

    [Fact]
    public void LayersMayHaveDifferentNumbersOfIntervals()
    {
        KanNetwork<double> network = Random<double>(1, 3, OutsideGrid.Linear);
        KanNetwork<double> refined = network.Refine([6, 11]).Network;
        Assert.Equal([6, 11], refined.Layers.Select(layer => layer.Options.Spline.Intervals));
        Assert.Contains("2 layers", Assert.Throws<ArgumentException>(() => network.Refine([6, 7, 8])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Refine(0));
    }

    [Theory]
    [InlineData(0.2)] // hidden values fill a fifth of the grid
    [InlineData(3)] // and reach far past it
    public void HiddenGridsFollowTheirInputsWithoutChangingTheNetworkAtTheData(double size)
    {
        KanNetwork<double> network = Random<double>(4, 3, OutsideGrid.Linear);
        foreach (ref double value in network.Layers[0].Coefficients.Value.Span)
            value *= size;
        foreach (ref double value in network.Layers[0].BaseWeight!.Value.Span)
            value *= size;
        Tensor<double> x = Check.Sample<double>(new Shape(500, 3), 3, -1, 1);
        double[] before = Predict(network, x);
        RefineResult<double> result = network.Refine(20, x, new RefineOptions { HeadRoom = 0.05 });
        Check.Close<double>(before, Predict(result.Network, x), 1e-12 * Math.Max(1, before.Max(Math.Abs)));
        LayerRefinement hidden = result.Layers[1].Report;
        Assert.Empty(hidden.Notes);
        Assert.InRange(hidden.RelativeChangeAtData!.Value, 0, 1e-13);
        Assert.Equal(0, hidden.Outside);
        Assert.True(size < 1 || hidden.OutsideBefore > 0);
        var inner = new Tensor<double>(new Shape(500, 4));
        network.Layers[0].Predict(x.Span, inner.Span);
        for (int input = 0; input < 4; input++)
        {
            double[] values = [.. Enumerable.Range(0, 500).Select(n => inner[n, input])];
            double range = values.Max() - values.Min();
            ReadOnlySpan<double> knots = result.Network.Layers[1].Knots.Value.Row(input);
            Assert.InRange(values.Min() - knots[3], 0.01 * range, 0.2 * range);
            Assert.InRange(knots[^4] - values.Max(), 0.01 * range, 0.2 * range);
        }
    }

    [Theory]
    [InlineData(KnotPlacement.Uniform)]
    [InlineData(KnotPlacement.Quantiles)]
    [InlineData(KnotPlacement.Curvature)]
    public void OtherPlacementsProjectAndSayHowMuchChanged(KnotPlacement placement)
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 4, 1], new BSplineOptions { Intervals = 4 }, 1);
        Tensor<double> x = Check.Sample<double>(new Shape(400, 2), 3, -1, 1);
        double[] before = Predict(network, x);
        RefineResult<double> result = network.Refine(37, x, new RefineOptions { Placement = placement, Follow = RangeFollowing.None });
        double change = result.Layers.Max(layer => layer.Report.RelativeChange);
        Assert.InRange(change, 1e-9, 5e-2);
        Check.Close<double>(before, Predict(result.Network, x), 5e-2);
        Assert.All(result.Layers, layer => Assert.Equal(layer.Layer.Inputs, layer.Report.Projected));
        Assert.All(result.Layers, layer => Assert.Equal(0, layer.Report.Inserted));
    }

    [Fact]
    public void UniformMultiplesAreInserted()
    {
        KanNetwork<float> network = KanNetwork<float>.Create([2, 4, 1], new BSplineOptions { Intervals = 5, Low = -0.7, High = 1.3 }, 1);
        RefineResult<float> result = network.Refine(15, null, new RefineOptions { Placement = KnotPlacement.Uniform });
        Assert.All(result.Layers, layer => Assert.Equal(0, layer.Report.Projected));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void RaisingTheDegreeKeepsTheNetwork(int degree)
    {
        KanNetwork<double> network = Random<double>(3, 3, OutsideGrid.Linear);
        Tensor<double> x = LayerFactory.Inputs(network.Layers[0], new Shape(200, 3), 7);
        double[] before = Predict(network, x);
        RefineResult<double> result = network.Elevate(degree);
        Check.Close<double>(before, Predict(result.Network, x), 1e-12 * Math.Max(1, before.Max(Math.Abs)));
        Assert.All(result.Layers, layer => Assert.Equal((3, degree), (layer.Report.DegreeBefore, layer.Report.Degree)));
        KanNetwork<double> smooth = network.Elevate(degree, simpleKnots: true).Network;
        Assert.Equal(network.Layers[0].Options.Spline.Intervals, smooth.Layers[0].Options.Spline.Intervals);
        // a second refinement goes on from repeated knots
        int intervals = result.Network.Layers[0].Options.Spline.Intervals;
        Check.Close<double>(before, Predict(result.Network.Refine(intervals + 5).Network, x), 1e-12 * Math.Max(1, before.Max(Math.Abs)));
    }

    [Theory]
    [InlineData(3, 4)] // few cells: found by comparison in registers
    [InlineData(3, 40)] // many: by search
    public void RepeatedKnotsTrain(int degree, int intervals)
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(3, 5, new BSplineOptions { Degree = degree, Intervals = intervals }, 2, uniform: true);
        KanLinear<double> raised = GridRefinement.Elevate(layer, degree + 2).Layer;
        Tensor<double> x = Check.Sample<double>(new Shape(70, 3), 4, -1.2, 1.2);
        Check.Gradients(raised.Forward, x);
        // the gradient with respect to the old coefficients is that of the new ones carried back, Aᵀ·g
        double[] before = CoefficientGradient(layer, x), after = CoefficientGradient(raised, x);
        SplineTransfer transfer = GridRefinement.Elevate(layer, degree + 2).Transfers[1];
        for (int n = 0; n < transfer.Columns; n++)
        {
            double sum = Enumerable.Range(0, transfer.Rows).Sum(row => transfer[row, n] * after[(transfer.Rows + row) * 5 + 3]);
            Assert.Equal(before[(transfer.Columns + n) * 5 + 3], sum, 1e-9);
        }
    }

    [Fact]
    public void RangesAreFollowedWithAsManyIntervals()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 4, 1], new BSplineOptions { Intervals = 12 }, 2);
        Tensor<double> x = Check.Sample<double>(new Shape(400, 2), 3, -1, 1);
        double[] before = Predict(network, x);
        FollowResult<double> followed = network.FollowRange(x);
        Assert.Equal([0, 4], followed.Layers.Select(report => report.Updated));
        Check.Close<double>(before, Predict(followed.Network, x), 2e-2);
        Assert.Equal(before, Predict(network, x));
        Assert.Equal(0, followed.Network.FollowRange(x).Layers[1].Updated);
        x[3, 1] = double.NaN;
        Assert.Contains("sample 3", Assert.Throws<ArgumentException>(() => network.FollowRange(x)).Message, StringComparison.Ordinal);
        Assert.Contains("sample 3", Assert.Throws<ArgumentException>(() => network.Refine(20, x)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PolynomialsSurviveAMovedRangeExactly()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(1, 2, new KanLinearOptions { BaseActivation = null }, 1, uniform: true);
        // coefficients of x² and 1 + x on the uniform knots t_j = −1 + 0.4·(j − 3): blossoms at three knots
        for (int n = 0; n < 8; n++)
        {
            double a = -1 + 0.4 * (n - 2), b = a + 0.4, c = a + 0.8;
            layer.Coefficients.Value[0, n, 0] = (a * b + b * c + c * a) / 3;
            layer.Coefficients.Value[0, n, 1] = 1 + (a + b + c) / 3;
        }

        Tensor<double> x = Check.Sample<double>(new Shape(300, 1), 3, -0.4, 0.6);
        double[] before = Predict(layer, x);
        GridUpdateReport report = RangeFollow.Apply<double>(layer, x.Span, 300, 0.05);
        Assert.Equal(1, report.Updated);
        Assert.InRange(report.RelativeChange, 0, 1e-13);
        Check.Close<double>(before, Predict(layer, x), 1e-12);
        Assert.InRange(layer.Knots.Value[0, 3], -0.5, -0.4);
        GridUpdate.Apply(layer, x, new GridUpdateOptions { Refit = GridRefit.Projection, Epsilon = 0.5 });
        Check.Close<double>(before, Predict(layer, x), 1e-12);
    }

    [Fact]
    public void ACoarseGridKeepsTheFunctionRatherThanFollow()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(2, 3, new BSplineOptions { Intervals = 3 }, 1, uniform: true);
        Tensor<double> x = Check.Sample<double>(new Shape(200, 2), 3, -4, 0.97);
        x[0, 0] = x[0, 1] = 0.99;
        double[] before = Predict(layer, x);
        // both ends with double knots and two knots between take 7 intervals, one end alone 5 (0.99 is too close to 1: it wants room, too)
        foreach ((int intervals, double low, int notes) in new[] { (4, -1.0, 2), (5, -4.2, 2), (7, -4.2, 0) })
        {
            RefinedLayer<double> refined = GridRefinement.Refine(layer, intervals, x);
            Check.Close<double>(before, Predict(refined.Layer, x), 1e-12 * before.Max(Math.Abs));
            Assert.Equal(notes, refined.Report.Notes.Count);
            Assert.Equal(low, refined.Layer.Knots.Value[0, 3], 0.1);
        }
    }

    [Fact]
    public void ConstantInputsKeepTheirGrid()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(2, 2, new BSplineOptions(), 1);
        Tensor<double> x = Check.Sample<double>(new Shape(50, 2), 3, -1, 1);
        for (int row = 0; row < 50; row++)
            x[row, 1] = 0.25;
        RefinedLayer<double> refined = GridRefinement.Refine(layer, 20, x);
        Assert.Contains("all samples are 0.25", Assert.Single(refined.Report.Notes), StringComparison.Ordinal);
        Assert.Equal(layer.Knots.Value[1, 3], refined.Layer.Knots.Value[1, 3]);
        Assert.Contains("2000000 intervals", Assert.Throws<ArgumentException>(() => GridRefinement.Refine(LayerFactory.Filled<float>(1, 1, new BSplineOptions { Low = 1000, High = 1001 }, 1, uniform: true), 2000000)).Message, StringComparison.Ordinal);
    }

    private static double[] CoefficientGradient(KanLinear<double> layer, Tensor<double> x)
    {
        var tape = new Tape<double>();
        layer.Coefficients.ClearGradient();
        Var<double> y = layer.Forward(tape.Constant(x));
        tape.Backward((y * y).Sum());
        return layer.Coefficients.Gradient.ToArray();
    }

    private static KanNetwork<T> Random<T>(int seed, int degree, OutsideGrid outside)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var options = new KanLinearOptions { Basis = new BSplineOptions { Degree = degree, Intervals = 4, Outside = outside } };
        return new KanNetwork<T>(LayerFactory.Filled<T>(3, 4, options, seed), LayerFactory.Filled<T>(4, 2, options, seed + 100));
    }

    private static T[] Predict<T>(KanNetwork<T> network, Tensor<T> x)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var y = new T[x.Shape.Rows * network.Widths[^1]];
        network.Predict(x.Span, y);
        return y;
    }

    private static T[] Predict<T>(KanLinear<T> layer, Tensor<T> x)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var y = new T[x.Shape.Rows * layer.Outputs];
        layer.Predict(x.Span, y);
        return y;
    }
}
