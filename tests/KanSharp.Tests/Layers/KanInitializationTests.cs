using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Tests.Layers;

/// <summary>Start values against the published statistics of efficient-kan and pykan.</summary>
public class KanInitializationTests
{
    private const int Width = 100;

    [Theory]
    [InlineData(5, new[] { 0.00288, 0.00889, 0.01048, 0.01071, 0.01071, 0.01048, 0.00889, 0.00288 })]
    [InlineData(10, new[] { 0.00144, 0.00445, 0.00524, 0.00536, 0.00537 })]
    public void CoefficientsHaveThePublishedDeviations(int intervals, double[] deviations)
    {
        KanLinear<double> layer = Create(new BSplineOptions { Intervals = intervals });
        for (int n = 0; n < deviations.Length; n++)
        {
            double sum = 0, squares = 0;
            for (int i = 0; i < Width; i++)
            {
                for (int o = 0; o < Width; o++)
                {
                    sum += layer.Coefficients.Value[i, n, o];
                    squares += layer.Coefficients.Value[i, n, o] * layer.Coefficients.Value[i, n, o];
                }
            }

            Assert.Equal(0, sum / (Width * Width), deviations[n] * 0.05);
            Assert.InRange(Math.Sqrt(squares / (Width * Width)) / deviations[n], 0.975, 1.025);
        }
    }

    [Fact]
    public void WeightsAreUniformWithinTheirBound()
    {
        KanLinear<double> layer = Create(new KanLinearOptions());
        foreach (Parameter<double> parameter in new[] { layer.BaseWeight!, layer.EdgeScale! })
        {
            double[] values = parameter.Value.Span.ToArray();
            Assert.True(values.Max(Math.Abs) <= 0.1);
            Assert.True(values.Max() > 0.0999 && values.Min() < -0.0999);
            Assert.Equal(0, values.Average(), 2e-3);
            Assert.InRange(Math.Sqrt(values.Average(value => value * value)), 0.1 / Math.Sqrt(3) * 0.98, 0.1 / Math.Sqrt(3) * 1.02);
        }
    }

    [Fact]
    public void ScalesActForwardUnlessEfficientKansUseIsAsked()
    {
        var half = new KanLinearOptions { Initialization = new KanInitialization { BaseScale = 0.5, SplineScale = 2 } };
        KanLinear<double> layer = Create(half);
        Assert.InRange(layer.BaseWeight!.Value.Span.ToArray().Max(), 0.0499, 0.05);
        Assert.InRange(layer.EdgeScale!.Value.Span.ToArray().Max(), 0.199, 0.2);
        KanLinear<double> published = Create(half with { Initialization = half.Initialization with { EfficientKanScales = true } });
        // Bounds relative to scale 1: 1.63 at 0.5, 0.535 at 2.
        Assert.InRange(published.BaseWeight!.Value.Span.ToArray().Max(), 0.163, 0.164);
        Assert.InRange(published.EdgeScale!.Value.Span.ToArray().Max(), 0.0533, 0.0535);
        KanLinear<double> unscaled = Create(half with { EdgeScale = false });
        Assert.Equal(2 * layer.Coefficients.Value[3, 4, 5], unscaled.Coefficients.Value[3, 4, 5], 1e-15);
    }

    [Fact]
    public void PykansSchemeHasConstantScaleAndMean()
    {
        KanLinear<double> layer = Create(new KanLinearOptions { Initialization = KanInitialization.Pykan with { BaseMean = 3, BaseScale = 0.5 } });
        Assert.All(layer.EdgeScale!.Value.Span.ToArray(), scale => Assert.Equal(0.1, scale, 1e-15));
        Assert.Equal(0.3, layer.BaseWeight!.Value.Span.ToArray().Average(), 1e-3);
        Assert.InRange(layer.BaseWeight.Value.Span.ToArray().Min(), 0.25, 0.2502);
    }

    [Fact]
    public void TheSeedDecidesEverything()
    {
        KanLinear<float> one = KanLinear<float>.Create(3, 4, new KanLinearOptions(), new SplitRandom(5));
        KanLinear<float> same = KanLinear<float>.Create(3, 4, new KanLinearOptions(), new SplitRandom(5));
        KanLinear<float> other = KanLinear<float>.Create(3, 4, new KanLinearOptions(), new SplitRandom(6));
        foreach (((_, Parameter<float> a), (_, Parameter<float> b), (_, Parameter<float> c)) in one.Parameters().Zip(same.Parameters(), other.Parameters()))
        {
            Assert.Equal(a.Value.Span.ToArray(), b.Value.Span.ToArray());
            Assert.NotEqual(a.Value.Span.ToArray(), c.Value.Span.ToArray());
        }
    }

    [Fact]
    public void SparseStartLeavesNoNodeUnconnected()
    {
        foreach ((int inputs, int outputs) in new[] { (1, 1), (4, 6), (6, 4), (1, 7), (7, 1), (5, 5) })
        {
            KanLinear<double> layer = KanLinear<double>.Create(inputs, outputs, new KanLinearOptions { Initialization = KanInitialization.Pykan with { Sparse = true } }, new SplitRandom(1));
            Assert.True(layer.Options.Mask);
            for (int i = 0; i < inputs; i++)
                Assert.Contains(Enumerable.Range(0, outputs), o => layer.Mask!.Value[i, o] == 1);
            for (int o = 0; o < outputs; o++)
                Assert.Contains(Enumerable.Range(0, inputs), i => layer.Mask!.Value[i, o] == 1);
            Assert.InRange(layer.Mask!.Value.Span.ToArray().Sum(), Math.Max(inputs, outputs), inputs + outputs);
        }
    }

    private static KanLinear<double> Create(KanLinearOptions options) => KanLinear<double>.Create(Width, Width, options, new SplitRandom(11));
}
