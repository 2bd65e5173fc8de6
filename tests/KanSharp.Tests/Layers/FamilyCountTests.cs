using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Tests.Layers;

/// <summary>Parameter counts are those of the publications; starts have the published spread.</summary>
public class FamilyCountTests
{
    [Theory]
    [InlineData("b-spline", new[] { 784, 64, 10 }, 508160)]
    [InlineData("fastkan", new[] { 784, 64, 10 }, 459114)]
    [InlineData("bsrbf", new[] { 784, 64, 10 }, 459040)]
    [InlineData("fourierkan", new[] { 784, 64, 10 }, 508234)]
    [InlineData("relukan", new[] { 2, 1 }, 49)]
    [InlineData("relukan", new[] { 2, 1, 1 }, 74)]
    [InlineData("relukan", new[] { 2, 5, 1 }, 238)]
    public void Counts_are_the_published_ones(string family, int[] widths, long expected) =>
        Assert.Equal(expected, KanNetwork<float>.Create(widths, KanFamilies.Named(family).Options()).CountParameters());

    [Fact]
    public void Counts_of_other_settings_are_the_published_ones()
    {
        KanLinearOptions faster = KanFamilies.Named("fasterkan").Options();
        faster = faster with { Basis = new Sech2Options { TrainCenters = false, TrainWidth = false } };
        Assert.Equal(408224, KanNetwork<float>.Create([784, 64, 10], faster).CountParameters());
        Assert.Equal(605, KanNetwork<float>.Create([4, 4, 2, 1], KanFamilies.Named("relukan").Options(10)).CountParameters());
        // with a layer normalisation between the layers, as in the published network
        KanLinearOptions first = KanFamilies.Named("chebykan").Options(), other = first with { Normalization = InputNormalization.LayerNorm };
        NetworkShape shape = NetworkShape.FromWidths([784, 32, 16, 10]);
        Assert.Equal(128896, KanNetwork<float>.Create(shape, [first, other, other]).CountParameters());
        var jacobi = new PolynomialOptions { Kind = PolynomialKind.Jacobi, Degree = 3 };
        Assert.Equal(103136, KanNetwork<float>.Create(shape, [first with { Basis = jacobi }, other with { Basis = jacobi }, other with { Basis = jacobi }]).CountParameters());
        // Wav-KAN uses three numbers of an edge; its fourth is dead, and a batch normalisation of 2·O follows each layer
        var wavelet = new KanLinearOptions { Basis = new WaveletOptions(), BaseActivation = null, EdgeScale = false };
        Assert.Equal(76308 - (2 * 42), KanNetwork<float>.Create([784, 32, 10], wavelet).CountParameters());
        // KAT: I·O + O, six shared numerators, four denominators for each of eight groups
        Assert.Equal((784 * 64) + 64 + 6 + 32, KanLinear<float>.Create(784, 64, KanFamilies.Named("rational").Options(), new SplitRandom(0)).CountParameters());
    }

    [Theory]
    [InlineData("fastkan", 0.1)]
    [InlineData("chebykan", 1.0 / (100 * 5))]
    [InlineData("relukan", 0.57735026919 / 28.284271247)] // uniform within 1/√(I·N)
    [InlineData("mexican-hat", 0.57735026919 / 10)]
    [InlineData("monomial", 0.01)]
    [InlineData("gram", 0.57735026919 * 0.08703882798)] // uniform within √(6/((I + O)(d + 1)))
    public void Coefficients_start_with_the_published_spread(string family, double deviation)
    {
        KanLinear<double> layer = KanLinear<double>.Create(100, 98, KanFamilies.Named(family).Options() with { Initialization = new KanInitialization() }, new SplitRandom(3));
        double[] values = layer.Coefficients.Value.Span.ToArray();
        Assert.Equal(deviation, Math.Sqrt(values.Average(value => value * value)), 0.03 * deviation);
        Assert.Equal(0, values.Average(), 0.03 * deviation);
    }

    /// <summary>FourierKAN's plain start gives outputs of variance 1 at every input, since cos² + sin² = 1; a rational start keeps the variance of normal inputs.</summary>
    [Fact]
    public void Variances_are_kept_where_a_start_promises_it()
    {
        KanLinear<double> fourier = KanLinear<double>.Create(50, 2000, KanFamilies.Named("fourierkan").Options(), new SplitRandom(1));
        Assert.Equal(1, MeanSquare(fourier, 20), 0.05);
        KanLinear<double> rational = KanLinear<double>.Create(400, 100, KanFamilies.Named("rational").Options(), new SplitRandom(1));
        Assert.Equal(1, MeanSquare(rational, 500), 0.05);
    }

    private static double MeanSquare(KanLinear<double> layer, int rows)
    {
        var random = new SplitRandom(7);
        var x = new Tensor<double>(new Shape(rows, layer.Inputs));
        foreach (ref double value in x.Span)
            value = random.NextNormal();
        return layer.Predict(x).Span.ToArray().Average(value => value * value);
    }
}
