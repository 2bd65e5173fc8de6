using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;
using static KanSharp.Tests.Layers.Images.ConvSteps;

namespace KanSharp.Tests.Layers.Images;

/// <summary>Shared kernels, normalisations, base branches and observers of KAN convolutions.</summary>
public class KanConvVariantTests
{
    [Fact]
    public void Shared_kernels_have_gradients_and_a_bias()
    {
        KanLinearOptions functions = KanFamilies.Named("gaussian").Options() with { Bias = true };
        KanConv<double> layer = KanConv<double>.Create(2, 6, ConvWindow.Square(2), new KanConvOptions { Functions = functions, SharedKernels = true }, new SplitRandom(1));
        Check.Passed(GradientCheck.Run(layer.Forward, ConvReference.Images<double>(2, 2, [4, 3], 2), layer.Parameters()));
    }

    [Fact]
    public void A_normalisation_takes_its_statistics_from_the_image_alone()
    {
        KanLinearOptions functions = KanFamilies.Named("gaussian").Options() with { Normalization = InputNormalization.BatchNorm };
        KanConv<double> layer = KanConv<double>.Create(1, 2, ConvWindow.Square(3, padding: 1, stride: 2), new KanConvOptions { Functions = functions, PaddingMode = PaddingMode.PadBasis }, new SplitRandom(1));
        var tape = new Tape<double> { Training = true };
        Tensor<double> x = ConvReference.Images<double>(3, 1, [6, 7], 2);
        layer.Forward(tape.Constant(x));
        tape.Commit();
        var norm = (BatchNorm<double>)layer.Kernels[0].Normalization!;
        Assert.Equal(0.1 * x.Span.ToArray().Average(), norm.RunningMean.Value[0], 1e-12);
        Check.Passed(GradientCheck.Run(layer.Forward, x, layer.Parameters()));
    }

    [Theory]
    [InlineData("fastkan")]
    [InlineData("fasterkan")]
    public void Rows_of_one_channel_can_not_be_normalised(string family)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => KanConv<float>.Create(1, 5, ConvWindow.Square(3), KanFamilies.Named(family).Options(), new SplitRandom(1)));
        Assert.Contains("leaves nothing of a single channel", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b-spline")]
    [InlineData("relu")]
    [InlineData("chebyshev")]
    [InlineData("sine")]
    public void Seen_by_an_observer_it_computes_the_same_and_has_the_same_gradients(string family)
    {
        KanConv<double> layer = Create<double>(family, 4, 6, ConvWindow.Square(3, padding: 1, stride: 2), PaddingMode.PadBasis, 3, groups: 2);
        Tensor<double> x = ConvReference.Images<double>(3, 4, [7, 6], 4);
        (double[] y, double[][] gradients) = Step(layer, x, null);
        (double[] seen, double[][] others) = Step(layer, x, new Blind());
        Near(seen, y, 1e-12);
        foreach ((double[] one, double[] other) in gradients.Zip(others))
            Near(other, one, 1e-11);
    }

    [Fact]
    public void A_base_branch_may_see_the_pixels_where_functions_see_bounded_ones()
    {
        KanLinearOptions functions = KanFamilies.Named("gram").Options() with { BaseOnRawInput = true, Bias = false };
        KanConv<double> layer = KanConv<double>.Create(2, 3, ConvWindow.Square(3, padding: 1), functions, new SplitRandom(3));
        Tensor<double> x = ConvReference.Images<double>(2, 2, [5, 4], 4);
        Near(ConvReference.Forward(layer, x), Forward(layer, x, SimdWidths.Best), 1e-12);
        Check.Passed(GradientCheck.Run(layer.Forward, x, layer.Parameters()));
    }

    [Fact]
    public void Channels_of_shared_kernels_are_not_mixed()
    {
        var options = new KanConvOptions { SharedKernels = true };
        KanConv<double> layer = KanConv<double>.Create(3, 6, ConvWindow.Square(2), options, new SplitRandom(1));
        Assert.Equal(2 * 4 * 10, layer.CountParameters());
        var alone = new KanConv<double>(1, 2, layer.Window, new KanConvOptions(), layer.Kernels);
        Tensor<double> x = ConvReference.Images<double>(2, 3, [4, 3], 2);
        double[] y = Forward(layer, x, SimdWidths.Best);
        for (int n = 0; n < 2; n++)
        {
            for (int channel = 0; channel < 3; channel++)
            {
                var one = new Tensor<double>(new Shape(1, 1, 4, 3), x.Span.Slice((n * 3 + channel) * 12, 12).ToArray());
                Near(Forward(alone, one, SimdWidths.Best), y.Skip((n * 3 + channel) * 2 * 6).Take(12), 1e-13);
            }
        }
    }

    private sealed class Blind : ITapeObserver<double>
    {
        public void Enter(object layer, Var<double> x)
        {
        }

        public void Leave(object layer, Var<double> x, Var<double> y)
        {
        }
    }
}
