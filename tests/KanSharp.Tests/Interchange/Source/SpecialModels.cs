using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Tests.Interchange.Source;

/// <summary>Models that chance does not find: long lists of edges, repeated knots, the highest degree, one cell, nothing at all.</summary>
internal static class SpecialModels
{
    public static IEnumerable<SourceCase> Cases()
    {
        var random = new RandomValues(99);
        yield return Masked("list of spline edges", new BSplineOptions(), random);
        yield return Masked("list of spline edges, zero outside", new BSplineOptions { Outside = OutsideGrid.Zero, Intervals = 2 }, random);
        yield return Masked("list of wavelets", new WaveletOptions(), random);
        yield return Masked("list of waves", new SineOptions(), random);
        yield return Of("degree 10", new BSplineOptions { Degree = 10, Intervals = 4 }, random);
        yield return Of("degree 10, zero outside", new BSplineOptions { Degree = 10, Intervals = 1, Outside = OutsideGrid.Zero }, random);
        yield return Of("one cell", new BSplineOptions { Degree = 1, Intervals = 1 }, random);
        foreach (OutsideGrid outside in Enum.GetValues<OutsideGrid>())
        {
            yield return Knotted($"repeated knots, {outside}", [-1, -0.4, -0.4, 0.1, 0.7, 1.5], outside, random);
            yield return Knotted($"repeated ends, {outside}", [-1, -1, -0.2, 0.6, 0.9, 0.9], outside, random);
        }

        KanNetwork<double> off = KanNetwork<double>.Create([2, 2], new KanLinearOptions { Mask = true, Bias = true }, 1);
        off.Layers[0].Mask!.Value.Span.Clear();
        yield return SourceCase.Of("no edges", off, 2, random);
    }

    private static SourceCase Of(string name, KanLinearOptions options, RandomValues random)
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3, 2], options, random.Seed());
        Shake(network, random);
        return SourceCase.Of(name, network, 2, random);
    }

    private static SourceCase Masked(string name, KanLinearOptions options, RandomValues random)
    {
        KanNetwork<double> network = KanNetwork<double>.Create([20, 15, 2], options with { Mask = true }, random.Seed());
        Shake(network, random);
        foreach (ref double value in network.Layers[0].Mask!.Value.Span)
            value = random.Chance(0.7) ? 0 : 1;
        return SourceCase.Of(name, network, 20, random);
    }

    private static SourceCase Knotted(string name, double[] grid, OutsideGrid outside, RandomValues random)
    {
        const int Degree = 3;
        double[] knots = KnotVector.Extended<double>(grid, Degree);
        var options = new KanLinearOptions { Basis = new BSplineOptions { Degree = Degree, Intervals = grid.Length - 1, Outside = outside }, EdgeScale = false, BaseActivation = null };
        var shape = new Shape(2, grid.Length - 1 + Degree, 3);
        double[] coefficients = [.. Enumerable.Range(0, shape.Count).Select(_ => random.Normal(1))];
        var layer = new KanLinear<double>(2, 3, options, new KanLinearTensors<double>(
            new Tensor<double>(new Shape(2, knots.Length), [.. knots, .. knots.Select(knot => 2 * knot)]), new Tensor<double>(shape, coefficients), null, null, null, null));
        return SourceCase.Of(name, new KanNetwork<double>(layer), 2, random);
    }

    private static void Shake(KanNetwork<double> network, RandomValues random)
    {
        foreach (KanLinear<double> layer in network.Layers)
        {
            foreach (ref double value in layer.Coefficients.Value.Span)
                value += random.Normal(0.3);
        }
    }
}
