using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers.Images;

namespace KanSharp.Tests.Layers.Images;

/// <summary>A convolution written down as its definition says, one output after the other.</summary>
internal static class ConvReference
{
    /// <summary>Windows of every kind: extents of the image, window, padding mode.</summary>
    public static (int[] Image, ConvWindow Window, PaddingMode Mode)[] Geometries { get; } =
    [
        ([6, 5], ConvWindow.Square(3), PaddingMode.PadInput),
        ([6, 5], ConvWindow.Square(3, padding: 1), PaddingMode.PadInput),
        ([6, 5], ConvWindow.Square(3, padding: 1), PaddingMode.PadBasis),
        ([6, 5], ConvWindow.Square(3, padding: 2), PaddingMode.Reflect),
        ([4, 5], new ConvWindow(3, 2) { Padding = [3, 1] }, PaddingMode.Replicate),
        ([7, 8], ConvWindow.Square(3, padding: 1, stride: 2), PaddingMode.PadBasis),
        ([9, 7], new ConvWindow(2, 3) { Stride = [3, 2], Dilation = [2, 1], Padding = [0, 2] }, PaddingMode.PadInput),
        ([8, 9], new ConvWindow(3, 3) { Stride = [2, 3], Dilation = [3, 2], Padding = [2, 3] }, PaddingMode.Reflect),
        ([1, 1], ConvWindow.Square(1), PaddingMode.PadInput),
        ([1, 1], ConvWindow.Square(3, padding: 1), PaddingMode.PadInput),
        ([5, 5], ConvWindow.Square(1, stride: 2), PaddingMode.PadInput),
        ([11], new ConvWindow(4) { Padding = [2], Stride = [2] }, PaddingMode.PadInput),
        ([3, 4, 5], new ConvWindow(2, 3, 2) { Padding = [1, 0, 1], Stride = [1, 2, 1] }, PaddingMode.PadBasis),
    ];

    /// <summary>Outputs of a convolution without shared kernels.</summary>
    public static double[] Forward<T>(KanConv<T> layer, Tensor<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outputs = layer.OutputChannels / layer.Kernels.Count;
        double[] y = Forward(x, layer.OutputChannels, layer.Window, layer.Options.PaddingMode, (pixel, tap) => [.. layer.Kernels.SelectMany((kernel, group) =>
        {
            var values = new T[kernel.Outputs];
            kernel.Predict(pixel.AsSpan(group * kernel.Inputs, kernel.Inputs), values);
            return values.Skip(tap * outputs).Take(outputs).Select(double.CreateTruncating);
        })]);
        int count = y.Length / x.Shape[0] / layer.OutputChannels;
        for (int index = 0; index < y.Length && layer.Bias is not null; index++)
            y[index] += double.CreateTruncating(layer.Bias.Value[index / count % layer.OutputChannels]);
        return y;
    }

    /// <summary>Sums over places of the window of what a function of (pixel, tap) gives for each output.</summary>
    public static double[] Forward<T>(Tensor<T> x, int outputs, ConvWindow window, PaddingMode mode, Func<T[], int, double[]> kernel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] image = x.Shape.ToArray()[2..];
        int[] output = window.Outputs(image);
        int channels = x.Shape[1], size = image.Aggregate(1, (a, b) => a * b), count = output.Aggregate(1, (a, b) => a * b);
        var y = new double[x.Shape[0] * outputs * count];
        for (int n = 0; n < x.Shape[0]; n++)
        {
            for (int p = 0; p < count; p++)
            {
                for (int tap = 0; tap < window.Taps; tap++)
                {
                    int? place = Place(Digits(p, output), Digits(tap, [.. window.Kernel]), window, mode, image);
                    if (place is null && mode == PaddingMode.PadBasis)
                        continue;
                    T[] pixel = [.. Enumerable.Range(0, channels).Select(c => place is { } at ? x.Span[(n * channels + c) * size + at] : T.Zero)];
                    double[] values = kernel(pixel, tap);
                    for (int o = 0; o < outputs; o++)
                        y[(n * outputs + o) * count + p] += values[o];
                }
            }
        }

        return y;
    }

    /// <summary>Values away from the knots of a grid on [−1, 1], some outside.</summary>
    public static Tensor<T> Images<T>(int batch, int channels, int[] image, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var x = new Tensor<T>(new Shape([batch, channels, .. image]));
        foreach (ref T value in x.Span)
            value = T.CreateTruncating(2.6 * random.NextDouble() - 1.3);
        return x;
    }

    private static int? Place(int[] p, int[] tap, ConvWindow window, PaddingMode mode, int[] image)
    {
        int place = 0;
        for (int axis = 0; axis < image.Length; axis++)
        {
            int index = p[axis] * Of(window.Stride, axis) + tap[axis] * Of(window.Dilation, axis) - Of(window.Padding, axis);
            if (index < 0 || index >= image[axis])
            {
                switch (mode)
                {
                    case PaddingMode.Reflect: index = index < 0 ? -index : 2 * (image[axis] - 1) - index; break;
                    case PaddingMode.Replicate: index = index < 0 ? 0 : image[axis] - 1; break;
                    default: return null;
                }
            }

            place = place * image[axis] + index;
        }

        return place;
    }

    private static int[] Digits(int number, int[] extents)
    {
        var digits = new int[extents.Length];
        for (int axis = extents.Length - 1; axis >= 0; axis--, number /= extents[axis + 1])
            digits[axis] = number % extents[axis];
        return digits;
    }

    private static int Of(IReadOnlyList<int> list, int axis) => list.Count == 1 ? list[0] : list[axis];
}
