using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

public sealed class SplineJetFloatTests : SplineJetTests<float>;

public sealed class SplineJetDoubleTests : SplineJetTests<double>;

/// <summary>All derivatives up to order 4 of layers and networks of B-splines, against Taylor series of the textbook's splines.</summary>
public abstract class SplineJetTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly JetShape Full = JetShape.Full(2, 4);
    private static readonly double Tolerance = typeof(T) == typeof(float) ? 2e-4 : 1e-10;

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void LayersInsideAndOutsideTheGrid(int degree)
    {
        foreach (OutsideGrid outside in Enum.GetValues<OutsideGrid>())
        {
            var spline = new BSplineOptions { Degree = degree, Intervals = 4, Outside = outside };
            Holds(new KanLinearOptions { Basis = spline, Bias = true, Mask = true }, degree);
            Holds(KanLinearOptions.SplinesOnly with { Basis = spline }, degree + 10);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MappedInputs(bool raw)
    {
        var options = new KanLinearOptions { Basis = new BSplineOptions { Degree = 5, Intervals = 4, Low = -1, High = 1 }, Squash = InputSquash.Tanh, BaseOnRawInput = raw, Bias = true };
        KanLinear<T> layer = LayerFactory.Filled<T>(2, 3, options, 3, uniform: true);
        Holds(layer, x => SplineSeries.Outputs(layer, [.. x.Select(SplineSeries.Squash)], raw ? x : null));

        KanLinear<T> normalized = LayerFactory.Filled<T>(2, 3, options with { Normalization = InputNormalization.LayerNorm }, 4, uniform: true);
        var norm = (LayerNorm<T>)normalized.Normalization!;
        Holds(normalized, x => SplineSeries.Outputs(normalized, [.. Normalize(x, norm).Select(SplineSeries.Squash)], raw ? x : null));

        KanLinear<T> ranged = LayerFactory.Filled<T>(2, 3, options with { Normalization = InputNormalization.MinMax }, 5, uniform: true);
        var range = (RangeNorm<T>)ranged.Normalization!;
        range.Fit(Check.Sample<T>(new Shape(9, 2), 8, -2, 3));
        Holds(ranged, x => SplineSeries.Outputs(
            ranged,
            [.. x.Select((series, feature) => SplineSeries.Squash(double.CreateTruncating(range.Scale.Value[feature]) * (series + MixedSeries.Constant(-double.CreateTruncating(range.Center.Value[feature])))))],
            raw ? x : null));
    }

    [Fact]
    public void TheMappingIsSeenByTheBaseBranchAloneWhereItIsNotRaw()
    {
        // the same function: nothing is mapped, so it makes no difference what the base branch sees
        var options = new KanLinearOptions { Basis = new BSplineOptions { Degree = 4, Intervals = 3 }, BaseOnRawInput = true };
        KanLinear<T> layer = LayerFactory.Filled<T>(2, 3, options, 6, uniform: true);
        Holds(layer, x => SplineSeries.Outputs(layer, x));
    }

    [Fact]
    public void NetworksOfTwoLayers()
    {
        KanLinearOptions options = KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Degree = 6, Intervals = 4 } };
        KanLinear<T> first = LayerFactory.Filled<T>(2, 3, options, 11, uniform: true), second = LayerFactory.Filled<T>(3, 2, options with { BaseActivation = Activation.SiLU, Bias = true }, 12, uniform: true);
        var network = new KanNetwork<T>(first, second);
        Holds(network, x => SplineSeries.Outputs(second, SplineSeries.Outputs(first, x)), 5);
    }

    [Fact]
    public void ExpansionsIntoSeparatedVariables()
    {
        KanLinearOptions options = KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Degree = 5, Intervals = 3 } };
        KanLinear<T>[] factors = [LayerFactory.Filled<T>(1, 6, options, 1), LayerFactory.Filled<T>(1, 6, options with { Bias = true, BaseActivation = Activation.SiLU }, 2)];
        var network = new SeparableKan<T>(2, factors);
        Assert.Equal((2, 2, 3), (network.Inputs, network.Outputs, network.Rank));
        Holds(network, x =>
        {
            MixedSeries[] left = SplineSeries.Outputs(factors[0], [x[0]]), right = SplineSeries.Outputs(factors[1], [x[1]]);
            return [.. Enumerable.Range(0, 2).Select(output => Enumerable.Range(3 * output, 3).Select(product => left[product] * right[product]).Aggregate((a, b) => a + b))];
        });
        var single = new SeparableKan<T>(3, [factors[0]]);
        JetShape line = JetShape.Full(1, 4);
        Tensor<T> points = Points(1);
        SplineSeries.Near(single.Forward(Jet<T>.Seed(new Tape<T>().Constant(points), line)), points, x => Sums(SplineSeries.Outputs(factors[0], x)), Tolerance);

        static MixedSeries[] Sums(MixedSeries[] products) => [.. products.Chunk(2).Select(pair => pair[0] + pair[1])];
    }

    private static void Holds(KanLinearOptions options, int seed)
    {
        KanLinear<T> layer = LayerFactory.Filled<T>(2, 3, options, seed);
        Holds(layer, x => SplineSeries.Outputs(layer, x));
    }

    private static void Holds(Module<T> module, Func<MixedSeries[], MixedSeries[]> truth, double factor = 1)
    {
        Tensor<T> points = Points(2);
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(1, width);
            var tape = new Tape<T>(executor);
            SplineSeries.Near(module.Forward(Jet<T>.Seed(tape.Input(points), Full)), points, truth, factor * Tolerance);
            Tensor<T> unit = new(points.Shape), other = new(points.Shape);
            for (int row = 0; row < points.Shape[0]; row++)
                (unit[row, 0], other[row, 1]) = (T.One, T.One);
            if (points.Shape[1] == 2)
                SplineSeries.Near(module.Forward(Jet<T>.Seed(tape.Input(points), Full, [tape.Constant(unit), tape.Constant(other)])), points, truth, factor * Tolerance);
        }
    }

    /// <summary>Inside the grids, beyond both ends and on the ends of even ones.</summary>
    private static Tensor<T> Points(int features)
    {
        Tensor<T> points = Check.Sample<T>(new Shape(15, features), 21, -1.4, 1.4);
        points.Row(13).Fill(T.One);
        points.Row(14).Fill(-T.One);
        return points;
    }

    private static MixedSeries[] Normalize(MixedSeries[] x, LayerNorm<T> norm)
    {
        MixedSeries mean = 0.5 * (x[0] + x[1]);
        MixedSeries[] centered = [.. x.Select(series => series + (-1 * mean))];
        MixedSeries scale = SplineSeries.InverseRoot(0.5 * (centered[0] * centered[0] + centered[1] * centered[1]) + MixedSeries.Constant(norm.Epsilon));
        return [.. centered.Select((series, feature) => double.CreateTruncating(norm.Weight!.Value[feature]) * (series * scale) + MixedSeries.Constant(double.CreateTruncating(norm.Bias!.Value[feature])))];
    }
}
