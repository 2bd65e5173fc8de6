using System.Numerics;
using KanSharp.Interchange.Lowering;
using KanSharp.Layers;
using KanSharp.Layers.Images;

namespace KanSharp.Interchange.Onnx;

/// <summary>
/// Convolutions as nodes. A KAN convolution is a layer from the channels to (place of the window, output) at every pixel; the outputs of each place are cut out,
/// shifted, and added. Ordinary ones are Conv in single precision; ONNX Runtime has no Conv in double precision, where they are written like those of KANs.
/// </summary>
internal static class OnnxConvolutions
{
    /// <summary>[N, C, H, W] to [N, O, H′, W′].</summary>
    /// <param name="conv">The convolution.</param>
    /// <param name="x">Images.</param>
    /// <param name="sizes">C, H and W.</param>
    public static OnnxValue Of<T>(KanConv<T> conv, OnnxValue x, int[] sizes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(conv.Window, sizes);
        bool alone = conv.Options.SharedKernels;
        OnnxValue images = alone ? x.Reshape(-1, 1, sizes[1], sizes[2]) : x;
        int channels = alone ? 1 : sizes[0] / conv.Options.Groups, outputs = conv.Kernels[0].Outputs / conv.Window.Taps;
        OnnxValue y = OnnxValue.Concat(1, [.. conv.Kernels.Select((kernel, group) =>
        {
            OnnxValue part = conv.Kernels.Count == 1 ? images : images.Slice(1, group * channels, (group + 1) * channels);
            return Kernel(conv, kernel, part, [channels, sizes[1], sizes[2]], outputs);
        })]);
        if (alone)
        {
            int[] extents = conv.Window.Outputs(sizes.AsSpan(1));
            y = y.Reshape(-1, conv.OutputChannels, extents[0], extents[1]);
        }

        return conv.Bias is null ? y : y + x.Graph.Constant(BasisLowering.Numbers(conv.Bias.Value), 1, conv.OutputChannels, 1, 1);
    }

    /// <summary>[N, C, H, W] to [N, O, H′, W′].</summary>
    /// <param name="conv">The convolution.</param>
    /// <param name="x">Images.</param>
    /// <param name="sizes">C, H and W.</param>
    public static OnnxValue Of<T>(Conv<T> conv, OnnxValue x, int[] sizes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(conv.Window, sizes);
        OnnxGraph graph = x.Graph;
        int outputs = conv.OutputChannels, channels = conv.Weight.Shape[1], taps = conv.Window.Taps;
        double[] weight = BasisLowering.Numbers(conv.Weight.Value);
        OnnxValue? bias = conv.Bias is null ? null : graph.Constant(BasisLowering.Numbers(conv.Bias.Value), 1, outputs, 1, 1);
        OnnxValue y;
        if (graph.IsSingle)
        {
            bool padded = conv.Padding is PaddingMode.Reflect or PaddingMode.Replicate;
            OnnxValue images = padded ? Padded(x, conv.Window, conv.Padding, firstAxis: 2) : x;
            long[] pads = padded ? [0, 0, 0, 0] : [.. Enumerable.Range(0, 4).Select(side => (long)ConvWindow.At(conv.Window.Padding, side % 2))];
            y = graph.Node(
                "Conv",
                [
                    OnnxGraph.Attribute("kernel_shape", [.. conv.Window.Kernel.Select(size => (long)size)]), OnnxGraph.Attribute("pads", pads), OnnxGraph.Attribute("group", conv.Groups),
                    OnnxGraph.Attribute("strides", Both(conv.Window.Stride)), OnnxGraph.Attribute("dilations", Both(conv.Window.Dilation)),
                ],
                images, graph.Constant(weight, outputs, channels, conv.Window.Kernel[0], conv.Window.Kernel[1]));
        }
        else
        {
            int own = outputs / conv.Groups;
            OnnxValue pixels = Padded(x.Transpose(0, 2, 3, 1), conv.Window, conv.Padding, firstAxis: 1);
            y = OnnxValue.Concat(1, [.. Enumerable.Range(0, conv.Groups).Select(group =>
            {
                // [O, C, taps] to [C, taps · O]
                var matrix = new double[channels * taps * own];
                for (int index = 0; index < matrix.Length; index++)
                    matrix[index] = weight[((((group * own) + (index % own)) * channels) + (index / (taps * own))) * taps + (index / own % taps)];
                OnnxValue part = conv.Groups == 1 ? pixels : pixels.Slice(3, group * channels, (group + 1) * channels);
                return Fold(part.MatMul(graph.Constant(matrix, channels, taps * own)), conv.Window, sizes, own);
            })]);
        }

        return bias is { } shift ? y + shift : y;
    }

    private static OnnxValue Kernel<T>(KanConv<T> conv, KanLinear<T> kernel, OnnxValue x, int[] sizes, int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PaddingMode mode = conv.Options.PaddingMode;
        EdgeStep step = EdgeLowering.Of(kernel);
        OnnxValue pixels = x.Transpose(0, 2, 3, 1);
        (int rows, int columns) = (sizes[1] + (2 * ConvWindow.At(conv.Window.Padding, 0)), sizes[2] + (2 * ConvWindow.At(conv.Window.Padding, 1)));
        OnnxValue padded = mode == PaddingMode.PadBasis ? pixels : Padded(pixels, conv.Window, mode, firstAxis: 1);
        OnnxValue raw = padded.Reshape(-1, sizes[0]);
        OnnxValue mapped = OnnxEdges.Mapped(step, raw);
        if (mode != PaddingMode.PadBasis && kernel.Mapping?.Norm is not null)
        {
            // a normalisation does not see what is put around the image
            OnnxValue inner = OnnxEdges.Mapped(step, pixels.Reshape(-1, sizes[0])).Reshape(-1, sizes[1], sizes[2], sizes[0]);
            mapped = Padded(inner, conv.Window, mode, firstAxis: 1).Reshape(-1, sizes[0]);
        }

        OnnxValue values = OnnxEdges.Of(step, raw, mapped);
        OnnxValue image = mode == PaddingMode.PadBasis
            ? Padded(values.Reshape(-1, sizes[1], sizes[2], step.Outputs), conv.Window, PaddingMode.PadInput, firstAxis: 1)
            : values.Reshape(-1, rows, columns, step.Outputs);
        return Fold(image, conv.Window, sizes, outputs);
    }

    /// <summary>[N, H, W, taps · O] of the padded image to [N, O, H′, W′].</summary>
    private static OnnxValue Fold(OnnxValue values, ConvWindow window, int[] sizes, int outputs)
    {
        int[] extents = window.Outputs(sizes.AsSpan(1));
        long[] strides = Both(window.Stride), dilations = Both(window.Dilation);
        OnnxGraph graph = values.Graph;
        OnnxValue? sum = null;
        for (int tap = 0; tap < window.Taps; tap++)
        {
            long top = tap / window.Kernel[1] * dilations[0], left = tap % window.Kernel[1] * dilations[1];
            OnnxValue part = graph.Node(
                "Slice", values, graph.Integers(top, left, tap * outputs),
                graph.Integers(top + ((extents[0] - 1) * strides[0]) + 1, left + ((extents[1] - 1) * strides[1]) + 1, (tap + 1) * outputs),
                graph.Integers(1, 2, 3), graph.Integers(strides[0], strides[1], 1));
            sum = sum is { } before ? before + part : part;
        }

        return sum!.Value.Transpose(0, 3, 1, 2);
    }

    private static OnnxValue Padded(OnnxValue x, ConvWindow window, PaddingMode mode, int firstAxis)
    {
        long[] padding = Both(window.Padding);
        if (padding[0] == 0 && padding[1] == 0)
            return x;
        var pads = new long[8];
        for (int axis = 0; axis < 2; axis++)
            pads[firstAxis + axis] = pads[4 + firstAxis + axis] = padding[axis];
        string name = mode switch { PaddingMode.Reflect => "reflect", PaddingMode.Replicate => "edge", _ => "constant" };
        return x.Graph.Node("Pad", [OnnxGraph.Attribute("mode", name)], x, x.Graph.Integers(pads));
    }

    private static long[] Both(IReadOnlyList<int> list) => [ConvWindow.At(list, 0), ConvWindow.At(list, 1)];

    private static void Check(ConvWindow window, int[] sizes)
    {
        if (window.Dimensions != 2 || sizes.Length != 3)
            throw new NotSupportedException($"Convolutions over images can be exported to ONNX; this one has {window.Dimensions} axes.");
    }
}
