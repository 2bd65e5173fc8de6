using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers.Images;

public sealed class PoolFloatTests : PoolTests<float>;

public sealed class PoolDoubleTests : PoolTests<double>;

/// <summary>Pooling against its definition.</summary>
public abstract class PoolTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Theory]
    [InlineData(new[] { 11 }, new[] { 3 }, new[] { 2 }, new[] { 1 })]
    [InlineData(new[] { 70 }, new[] { 5 }, new[] { 1 }, new[] { 2 })]
    [InlineData(new[] { 6, 9 }, new[] { 2 }, new[] { 2 }, new[] { 0 })]
    [InlineData(new[] { 5, 70 }, new[] { 2 }, new[] { 2 }, new[] { 0 })]
    [InlineData(new[] { 4, 37 }, new[] { 3, 2 }, new[] { 1, 2 }, new[] { 1, 0 })]
    [InlineData(new[] { 8, 41 }, new[] { 2, 4 }, new[] { 3, 1 }, new[] { 1, 2 })]
    [InlineData(new[] { 7, 8 }, new[] { 2, 3 }, new[] { 5 }, new[] { 0 })]
    [InlineData(new[] { 1, 1 }, new[] { 2 }, new[] { 1 }, new[] { 1 })]
    [InlineData(new[] { 5, 4, 7 }, new[] { 2, 3, 2 }, new[] { 1, 2, 2 }, new[] { 1, 1, 0 })]
    [InlineData(new[] { 4, 6, 35 }, new[] { 2 }, new[] { 2 }, new[] { 0 })]
    public void Windows(int[] extents, int[] kernel, int[] stride, int[] padding)
    {
        Tensor<T> input = Check.Sample<T>(new Shape([2, 3, .. extents]), 4);
        int At(int[] values, int axis) => values.Length == 1 ? values[0] : values[axis];
        int[] outputs = [.. extents.Select((extent, axis) => (extent + 2 * At(padding, axis) - At(kernel, axis)) / At(stride, axis) + 1)];
        (int, int) Bounds(int axis, int window)
        {
            int start = window * At(stride, axis) - At(padding, axis);
            return (start, start + At(kernel, axis));
        }

        double[] x = Check.Doubles<T>(input.Span);
        Agree(new MaxPool<T>(kernel, stride, padding), input, outputs, NaivePool.Run(x, extents, outputs, Bounds, maximum: true));
        Agree(new AveragePool<T>(kernel, stride, padding), input, outputs, NaivePool.Run(x, extents, outputs, Bounds, maximum: false));
        Agree(new AveragePool<T>(kernel, stride, padding, countPadding: false), input, outputs, NaivePool.Run(x, extents, outputs, Bounds, maximum: false, countPadding: false));
    }

    [Theory]
    [InlineData(new[] { 11 }, new[] { 4 })]
    [InlineData(new[] { 6, 8 }, new[] { 3, 4 })]
    [InlineData(new[] { 6, 8 }, new[] { 1 })]
    [InlineData(new[] { 7, 5 }, new[] { 3, 5 })]
    [InlineData(new[] { 2, 3 }, new[] { 5, 7 })]
    [InlineData(new[] { 3, 4, 5 }, new[] { 2, 3, 1 })]
    public void AdaptiveWindows(int[] extents, int[] output)
    {
        Tensor<T> input = Check.Sample<T>(new Shape([2, 3, .. extents]), 4);
        int[] outputs = [.. extents.Select((_, axis) => output.Length == 1 ? output[0] : output[axis])];
        (int, int) Bounds(int axis, int window) =>
            ((int)Math.Floor((double)window * extents[axis] / outputs[axis]), (int)Math.Ceiling((window + 1.0) * extents[axis] / outputs[axis]));
        double[] x = Check.Doubles<T>(input.Span);
        Agree(new AdaptiveMaxPool<T>(output), input, outputs, NaivePool.Run(x, extents, outputs, Bounds, maximum: true));
        Agree(new AdaptiveAveragePool<T>(output), input, outputs, NaivePool.Run(x, extents, outputs, Bounds, maximum: false));
        Tensor<T> spread = ImageLayers<T>.Spread(new Shape([1, 1, .. extents]));
        Check.Gradients<T>(new AdaptiveMaxPool<T>(output).Forward, spread);
        Check.Gradients<T>(new AdaptiveAveragePool<T>(output).Forward, spread);
    }

    [Theory]
    [InlineData(2, 2, 0)]
    [InlineData(3, 1, 1)]
    public void NaNReachesEveryWindowThatHoldsItAndTakesTheGradient(int kernel, int stride, int padding)
    {
        Tensor<T> input = Check.Sample<T>(new Shape(1, 1, 6, 38), 4);
        input.Span[38 + 5] = T.NaN;
        int[] outputs = [(6 + 2 * padding - kernel) / stride + 1, (38 + 2 * padding - kernel) / stride + 1];
        double[] expected = NaivePool.Run(
            Check.Doubles<T>(input.Span), [6, 38], outputs, (_, window) => (window * stride - padding, window * stride - padding + kernel), maximum: true);
        var layer = new MaxPool<T>(kernel, stride, padding);
        Agree(layer, input, outputs, expected);
        var tape = new Tape<T>();
        Var<T> x = tape.Input(input);
        tape.Backward(layer.Forward(x).Sum());
        Assert.Equal(expected.Count(double.IsNaN), double.CreateTruncating(x.Gradient[38 + 5]));
    }

    [Fact]
    public void TheFirstOfSeveralLargestElementsTakesTheGradient()
    {
        foreach (Module<T> layer in (Module<T>[])[new MaxPool<T>(2), new AdaptiveMaxPool<T>(1), new MaxPool<T>([2, 2], [2, 1])])
        {
            var tape = new Tape<T>();
            Var<T> x = tape.Input(new Tensor<T>(new Shape(1, 1, 2, 2), [T.Zero, T.One, T.One, T.One]));
            tape.Backward(layer.Forward(x));
            Check.Close([0, 1, 0, 0], x.Gradient);
        }
    }

    [Fact]
    public void PaddingOfTheMaximumIsMinusInfinity()
    {
        var input = new Tensor<T>(new Shape(1, 1, 3), [T.CreateTruncating(-3), T.CreateTruncating(-2), T.NegativeInfinity]);
        Check.Close([-3, -2], new MaxPool<T>(2, 2, 1).Forward(new Tape<T>().Input(input)).Values);
        var nothing = new Tensor<T>(new Shape(1, 1, 1, 2), [T.NegativeInfinity, T.NegativeInfinity]);
        var tape = new Tape<T>();
        Var<T> x = tape.Input(nothing);
        Var<T> y = new MaxPool<T>([1, 2]).Forward(x);
        tape.Backward(y);
        Assert.Equal(T.NegativeInfinity, y.Item);
        Check.Close([1, 0], x.Gradient);
    }

    [Fact]
    public void TheMeanOfAPlaneIsExact()
    {
        var input = new Tensor<T>(new Shape(1, 2, 4, 8));
        for (int i = 0; i < 64; i++)
            input.Span[i] = T.CreateTruncating(i);
        Assert.Equal([T.CreateTruncating(15.5), T.CreateTruncating(47.5)], new AdaptiveAveragePool<T>(1).Predict(input).Span.ToArray());
        // Rows 0, 1 and columns 0, 1 of each block: (0 + 1 + 8 + 9) / 4 = 4.5, then 2 more for every block to the right and 16 for every one below
        double[] blocks = [.. Enumerable.Range(0, 16).Select(i => 4.5 + 2 * (i % 4) + 16 * (i / 4 % 2) + 32 * (i / 8))];
        Check.Close(blocks, new AveragePool<T>(2).Predict(input).Span);
    }

    private static void Agree(Module<T> layer, Tensor<T> input, int[] outputs, double[] expected)
    {
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(1, width);
            Var<T> y = layer.Forward(new Tape<T>(executor).Input(input));
            Assert.Equal(new Shape([input.Shape[0], input.Shape[1], .. outputs]), y.Shape);
            Check.Close(expected, y.Values);
        }
    }
}
