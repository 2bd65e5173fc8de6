using System.Globalization;
using System.Numerics;
using KanSharp.Interchange.Lowering;
using KanSharp.Interchange.Onnx.Messages;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Training;

namespace KanSharp.Interchange.Onnx;

/// <summary>The layers of image networks as nodes.</summary>
/// <param name="channels">Channels of the images.</param>
/// <param name="height">Their rows.</param>
/// <param name="width">Their columns.</param>
internal sealed class OnnxImages<T>(int channels, int height, int width)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Sizes of a sample: [C, H, W], or [F] for rows.</summary>
    private int[] _sizes = [channels, height, width];

    /// <summary>Probabilities [N, classes] of images [N, C, H, W] whose pixels are numbers from 0 to 255.</summary>
    public static OnnxValue Probabilities(ImageModel<T> model, OnnxValue pixels)
    {
        (double Scale, double Shift)[] factors = model.Normalization.Factors(model.Network.Shape.Channels);
        int channels = factors.Length;
        OnnxGraph graph = pixels.Graph;
        OnnxValue x = (pixels * graph.Constant([.. factors.Select(factor => factor.Scale)], 1, channels, 1, 1))
            + graph.Constant([.. factors.Select(factor => factor.Shift)], 1, channels, 1, 1);
        var images = new OnnxImages<T>(channels, model.Network.Shape.Height, model.Network.Shape.Width);
        for (int index = 0; index < model.Network.Layers.Layers.Count; index++)
        {
            graph.Scope = string.Create(CultureInfo.InvariantCulture, $"layer{index}");
            x = images.Layer(model.Network.Layers.Layers[index], x);
        }

        return graph.Node("Softmax", [OnnxGraph.Attribute("axis", 1L)], x);
    }

    private OnnxValue Layer(Module<T> module, OnnxValue x)
    {
        switch (module)
        {
            case Sequential<T> sequence:
                return sequence.Layers.Aggregate(x, (value, inner) => Layer(inner, value));
            case KanConv<T> conv:
                return Convolved(conv.Window, conv.OutputChannels, OnnxConvolutions.Of(conv, x, _sizes));
            case Conv<T> conv:
                return Convolved(conv.Window, conv.OutputChannels, OnnxConvolutions.Of(conv, x, _sizes));
            case KanLinear<T> layer when _sizes.Length == 1:
                _sizes = [layer.Outputs];
                return OnnxEdges.Of(EdgeLowering.Of(layer), x);
            case Linear<T> layer when _sizes.Length == 1:
                _sizes = [layer.Outputs];
                double[] bias = layer.Bias is null ? new double[layer.Outputs] : BasisLowering.Numbers(layer.Bias.Value);
                return OnnxSteps.Of(new DenseStep(layer.Inputs, layer.Outputs, BasisLowering.Numbers(layer.Weight.Value), bias), x);
            case ActivationLayer<T> activation:
                return OnnxActivations.Of(activation.Activation, x);
            case ChannelBatchNorm<T> norm:
                return Normalized(norm, x);
            case MaxPool<T> pool when _sizes.Length == 3:
                return Pooled(pool, x);
            case AdaptiveAveragePool<T> { Output: [1] } or AdaptiveAveragePool<T> { Output: [1, 1] } when _sizes.Length == 3:
                _sizes = [_sizes[0], 1, 1];
                return x.Graph.Node("ReduceMean", [OnnxGraph.Attribute("axes", [2, 3]), OnnxGraph.Attribute("keepdims", 1L)], x);
            case Flatten<T>:
                _sizes = [_sizes.Aggregate(1, (product, size) => product * size)];
                return x.Reshape(-1, _sizes[0]);
            case LogSoftmax<T> when _sizes.Length == 1:
                return x.Graph.Node("LogSoftmax", [OnnxGraph.Attribute("axis", 1L)], x);
            case Dropout<T> or ChannelDropout<T>:
                return x;
            default:
                throw new NotSupportedException($"A layer of type {module.GetType().Name} after a sample of sizes [{string.Join(", ", _sizes)}] can not be exported to ONNX.");
        }
    }

    private OnnxValue Convolved(ConvWindow window, int outputs, OnnxValue result)
    {
        _sizes = [outputs, .. window.Outputs(_sizes.AsSpan(1))];
        return result;
    }

    private OnnxValue Normalized(ChannelBatchNorm<T> norm, OnnxValue x)
    {
        double[] factor = norm.Weight is null ? Ones(norm.Channels) : BasisLowering.Numbers(norm.Weight.Value);
        double[] variance = BasisLowering.Numbers(norm.RunningVariance.Value);
        for (int channel = 0; channel < factor.Length; channel++)
            factor[channel] /= Math.Sqrt(variance[channel] + norm.Epsilon);
        OnnxValue result = (x - Wide(BasisLowering.Numbers(norm.RunningMean.Value))) * Wide(factor);
        return norm.Bias is null ? result : result + Wide(BasisLowering.Numbers(norm.Bias.Value));

        OnnxValue Wide(double[] numbers) => x.Graph.Constant(numbers, _sizes.Length == 3 ? [1, numbers.Length, 1, 1] : [1, numbers.Length]);
    }

    private OnnxValue Pooled(MaxPool<T> pool, OnnxValue x)
    {
        (long Kernel, long Stride, long Padding)[] axes = [.. Enumerable.Range(0, 2).Select(axis => ((long)ConvWindow.At(pool.Kernel, axis), (long)ConvWindow.At(pool.Stride, axis), (long)ConvWindow.At(pool.Padding, axis)))];
        _sizes = [_sizes[0], .. axes.Select((axis, index) => (int)((_sizes[index + 1] + (2 * axis.Padding) - axis.Kernel) / axis.Stride) + 1)];
        AttributeProto kernel = OnnxGraph.Attribute("kernel_shape", [.. axes.Select(axis => axis.Kernel)]);
        AttributeProto strides = OnnxGraph.Attribute("strides", [.. axes.Select(axis => axis.Stride)]);
        AttributeProto pads = OnnxGraph.Attribute("pads", [axes[0].Padding, axes[1].Padding, axes[0].Padding, axes[1].Padding]);
        return x.Graph.Node("MaxPool", [kernel, strides, pads], x);
    }

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];
}
