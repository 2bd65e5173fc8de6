using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;
using static KanSharp.Tests.Layers.FamilyFunctions;

namespace KanSharp.Tests.Layers;

/// <summary>Mother wavelets: mean, norm, closed forms; the published forms; scales near 0.</summary>
public class WaveletTests
{
    [Theory]
    [InlineData(WaveletKind.MexicanHat, 12, 1e-10)]
    [InlineData(WaveletKind.Morlet, 12, 1e-10)]
    [InlineData(WaveletKind.DerivativeOfGaussian, 12, 1e-10)]
    [InlineData(WaveletKind.Meyer, 24, 1e-6)]
    [InlineData(WaveletKind.Shannon, 400, 2e-3)] // falls as 1/u
    public void Every_wavelet_has_mean_0_and_norm_1(WaveletKind kind, double reach, double tolerance)
    {
        (double mean, double square) = Moments(new WaveletOptions { Kind = kind }, reach);
        Assert.Equal(0, mean, tolerance);
        Assert.Equal(1, Math.Sqrt(square), tolerance);
    }

    [Theory]
    [InlineData(WaveletKind.MexicanHat, 1.000, 0)]
    [InlineData(WaveletKind.Morlet, 0.941, 1e-5)]
    [InlineData(WaveletKind.DerivativeOfGaussian, 0.941, 0)]
    [InlineData(WaveletKind.Meyer, 0.948, 1.127)]
    public void Published_forms_have_the_norms_and_means_of_the_public_code(WaveletKind kind, double norm, double mean)
    {
        (double actual, double square) = Moments(new WaveletOptions { Kind = kind, PublishedForm = true }, 12);
        Assert.Equal(norm, Math.Sqrt(square), 6e-4);
        Assert.Equal(mean, Math.Abs(actual), 6e-4);
    }

    [Fact]
    public void Published_values_are_met()
    {
        Assert.Equal(-0.8673, At(new WaveletOptions { PublishedForm = true }, 0)[0], 5e-5);
        Assert.Equal(0.8673, At(new WaveletOptions(), 0)[0], 5e-5);
        Assert.Equal(1, At(new WaveletOptions { Kind = WaveletKind.Morlet, PublishedForm = true }, 0)[0], 1e-12);
        Assert.Equal(0.6065, Enumerable.Range(0, 400).Max(n => Math.Abs(At(new WaveletOptions { Kind = WaveletKind.DerivativeOfGaussian, PublishedForm = true }, n * 0.01)[0])), 5e-5);
    }

    /// <summary>The band is an integral that another rule computes; the closed form of Shannon's is a product.</summary>
    [Fact]
    public void Band_limited_wavelets_are_the_transforms_of_their_bands()
    {
        foreach (double v in (double[])[0, 0.2, 0.5, 1.7, 4.3, 9])
        {
            double middle = Math.PI * 5 / 3, half = Math.PI;
            double meyer = Integral(w => Band(middle + w) * Math.Cos((middle + w) * v) / Math.PI, half);
            Assert.Equal(meyer, At(new WaveletOptions { Kind = WaveletKind.Meyer }, v)[0], 2e-7);
            double sinc = v == 0 ? 1 : Math.Sin(Math.PI * v / 2) / (Math.PI * v / 2);
            Assert.Equal(sinc * Math.Cos(1.5 * Math.PI * v), At(new WaveletOptions { Kind = WaveletKind.Shannon }, v)[0], 1e-13);
        }

        static double Band(double w) => w < 4 * Math.PI / 3
            ? Math.Sin(Math.PI / 2 * MeyerShape.Rise((3 * w / (2 * Math.PI)) - 1))
            : Math.Cos(Math.PI / 2 * MeyerShape.Rise((3 * w / (4 * Math.PI)) - 1));
    }

    [Theory]
    [InlineData(WaveletKind.MexicanHat, false)]
    [InlineData(WaveletKind.Morlet, true)]
    [InlineData(WaveletKind.Meyer, true)]
    [InlineData(WaveletKind.Shannon, false)]
    [InlineData(WaveletKind.Shannon, true)]
    public void Gradients_of_every_form_agree_with_finite_differences(WaveletKind kind, bool published)
    {
        var options = new KanLinearOptions { Basis = new WaveletOptions { Kind = kind, PublishedForm = published }, EdgeScale = true, Mask = true };
        KanLinear<double> layer = KanLinear<double>.Create(3, 20, options, new SplitRandom(4));
        Tensor<double> x = FamilyLayers.Inputs<double>(9, 3, 4);
        Check.Passed(GradientCheck.Run(
            input =>
            {
                Jet<double> y = layer.Forward(Jet<double>.Seed(input, 1));
                return (y.Value * input.Tape.Constant(Check.Sample<double>(y.Value.Shape, 3))).Sum() + (y.Derivative * input.Tape.Constant(Check.Sample<double>(y.Value.Shape, 5))).Sum();
            },
            x,
            layer.Parameters()));
    }

    [Fact]
    public void A_scale_that_crosses_0_keeps_its_sign_and_everything_finite()
    {
        KanLinear<float> layer = KanLinear<float>.Create(1, 3, new WaveletOptions(), new SplitRandom(1));
        Parameter<float> scale = layer.Parameters().Single(entry => entry.Path == "scale").Parameter;
        new float[] { 0, -1e-20f, 1e-6f }.CopyTo(scale.Value.Span);
        var tape = new Tape<float>();
        Var<float> x = tape.Input(new Tensor<float>(new Shape(4, 1), [0, 1e-4f, -0.5f, float.MaxValue]));
        Var<float> y = layer.Forward(x);
        tape.Backward(y.Sum());
        Assert.All(y.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.All(scale.Gradient.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.All(x.Gradient.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData(300, 70, 200)]
    [InlineData(5, 700, 40)]
    [InlineData(40, 1, 1500)]
    public void Large_sizes_are_cut_rightly(int inputs, int outputs, int rows)
    {
        KanLinear<double> layer = KanLinear<double>.Create(inputs, outputs, new KanLinearOptions { Basis = new WaveletOptions(), BaseActivation = null, EdgeScale = false }, new SplitRandom(3));
        Parameter<double> scale = layer.Parameters().Single(entry => entry.Path == "scale").Parameter, translation = layer.Parameters().Single(entry => entry.Path == "translation").Parameter;
        Check.Sample<double>(scale.Shape, 1, 0.5, 2).Span.CopyTo(scale.Value.Span);
        Check.Sample<double>(scale.Shape, 2).Span.CopyTo(translation.Value.Span);
        Tensor<double> x = Check.Sample<double>(new Shape(rows, inputs), 3);
        double[] y = layer.Predict(x).Span.ToArray();
        double c = 2 / (Math.Sqrt(3) * Math.Pow(Math.PI, 0.25));
        foreach ((int row, int output) in new[] { (0, 0), (rows - 1, outputs - 1), (rows / 2, outputs / 3) })
        {
            double sum = 0;
            for (int input = 0; input < inputs; input++)
            {
                double u = (x[row, input] - translation.Value[input, output]) / scale.Value[input, output];
                sum += layer.Coefficients.Value[input, 0, output] * c * (1 - (u * u)) * Math.Exp(-u * u / 2);
            }

            Assert.Equal(sum, y[(row * outputs) + output], 1e-12 * (1 + inputs));
        }
    }

    private static (double Mean, double Square) Moments(WaveletOptions options, double reach)
    {
        KanLinear<double> layer = KanLinear<double>.Create(1, 1, new KanLinearOptions { Basis = options, BaseActivation = null, EdgeScale = false }, new SplitRandom(0));
        layer.Coefficients.Value.Span.Fill(1);
        const int Intervals = 40000;
        var x = new Tensor<double>(new Shape(Intervals + 1, 1));
        for (int index = 0; index <= Intervals; index++)
            x[index, 0] = -reach + (2 * reach * index / Intervals);
        double[] y = layer.Predict(x).Span.ToArray();
        double h = 2 * reach / Intervals, mean = 0, square = 0;
        for (int index = 0; index <= Intervals; index++)
        {
            double weight = h * (index is 0 or Intervals ? 0.5 : 1);
            mean += weight * y[index];
            square += weight * y[index] * y[index];
        }

        return (mean, square);
    }
}
