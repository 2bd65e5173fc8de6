using KanSharp.Autodiff;
using KanSharp.Layers.Images;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers.Images;

/// <summary>Ordinary convolutions, and what both kinds refuse.</summary>
public class ConvTests
{
    public static TheoryData<int> Windows => [.. Enumerable.Range(0, ConvReference.Geometries.Length)];

    [Theory]
    [MemberData(nameof(Windows))]
    public void An_ordinary_convolution_is_its_definition(int index)
    {
        (int[] image, ConvWindow window, PaddingMode mode) = ConvReference.Geometries[index];
        Conv<double> layer = Conv<double>.Create(3, 8, window, new SplitRandom((ulong)index), padding: mode);
        Tensor<double> x = ConvReference.Images<double>(3, 3, image, index);
        int taps = window.Taps;
        double[] expected = ConvReference.Forward(x, 8, window, mode, (pixel, tap) =>
            [.. Enumerable.Range(0, 8).Select(o => Enumerable.Range(0, 3).Sum(c => layer.Weight.Value.Span[(o * 3 + c) * taps + tap] * pixel[c]))]);
        int count = expected.Length / 24;
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(2, width);
            double[] y = layer.Forward(new Tape<double>(executor).Constant(x)).Values.ToArray();
            for (int place = 0; place < y.Length; place++)
                Assert.Equal(expected[place] + layer.Bias!.Value[place / count % 8], y[place], 1e-12);
        }

        Check.Passed(GradientCheck.Run(layer.Forward, x, layer.Parameters()));
    }

    [Fact]
    public void Groups_are_convolutions_of_their_channels()
    {
        Conv<float> layer = Conv<float>.Create(6, 9, ConvWindow.Square(3, padding: 1), new SplitRandom(1), groups: 3);
        Tensor<float> x = ConvReference.Images<float>(2, 6, [5, 4], 2);
        float[] y = layer.Predict(x).Span.ToArray();
        for (int group = 0; group < 3; group++)
        {
            var weight = new Tensor<float>(new Shape(3, 2, 3, 3), layer.Weight.Value.Span.Slice(group * 54, 54).ToArray());
            var bias = new Tensor<float>(new Shape(3), layer.Bias!.Value.Span.Slice(group * 3, 3).ToArray());
            var part = new Tensor<float>(new Shape(2, 2, 5, 4));
            for (int n = 0; n < 2; n++)
                x.Span.Slice((n * 6 + group * 2) * 20, 40).CopyTo(part.Span[(n * 40)..]);
            float[] expected = new Conv<float>(layer.Window, weight, bias).Predict(part).Span.ToArray();
            for (int n = 0; n < 2; n++)
                Assert.Equal(expected[(n * 60)..(n * 60 + 60)], y[((n * 9 + group * 3) * 20)..((n * 9 + group * 3) * 20 + 60)]);
        }
    }

    [Fact]
    public void No_image_gives_no_output()
    {
        KanConv<float> layer = KanConv<float>.Create(2, 4, ConvWindow.Square(3), null, new SplitRandom(1));
        Assert.Equal(new Shape(0, 4, 3, 2), layer.Predict(new Tensor<float>(new Shape(0, 2, 5, 4))).Shape);
        KanConv<float> shared = KanConv<float>.Create(2, 4, ConvWindow.Square(3), new KanConvOptions { SharedKernels = true }, new SplitRandom(1));
        Assert.Equal(new Shape(0, 4, 3, 2), shared.Predict(new Tensor<float>(new Shape(0, 2, 5, 4))).Shape);
    }

    [Theory]
    [InlineData(new[] { 2, 3, 8, 8 }, "3 channels; the layer takes 2")]
    [InlineData(new[] { 2, 2, 8 }, "4 axes, [N, C, H, W]")]
    [InlineData(new[] { 1, 2, 2, 8 }, "reaches over 3 places of axis 0, but the padded input has 2")]
    public void Images_that_do_not_fit_are_explained(int[] shape, string message)
    {
        var x = new Tensor<double>(new Shape(shape));
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => KanConv<double>.Create(2, 4, ConvWindow.Square(3), null, new SplitRandom(1)).Predict(x)).Message, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Conv<double>.Create(2, 4, ConvWindow.Square(3), new SplitRandom(1)).Predict(x)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_do_not_fit_are_explained()
    {
        Expect("3 groups do not divide 4 input and 6 output channels", () => KanConv<double>.Create(4, 6, ConvWindow.Square(3), new KanConvOptions { Groups = 3 }, new SplitRandom(1)));
        Expect("multiple of the 4 input channels", () => KanConv<double>.Create(4, 6, ConvWindow.Square(3), new KanConvOptions { SharedKernels = true }, new SplitRandom(1)));
        Expect("1 to 3 axes", () => _ = new ConvWindow(1, 2, 3, 4));
        Expect("Kernel is [3, 0]", () => _ = new ConvWindow(3, 0));
        Expect("Stride has 3 numbers", () => KanConv<double>.Create(1, 1, new ConvWindow(3, 3) { Stride = [1, 2, 3] }, null, new SplitRandom(1)));
        Expect("no room for a padding of 3", () => Conv<double>.Create(1, 1, ConvWindow.Square(3, padding: 3), new SplitRandom(1), padding: PaddingMode.Reflect).Predict(new Tensor<double>(new Shape(1, 1, 3, 3))));

        static void Expect(string message, Action action) => Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }
}
