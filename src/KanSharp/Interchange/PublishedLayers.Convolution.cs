using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Numerics;

namespace KanSharp.Interchange;

/// <content>Convolutions.</content>
public static partial class PublishedLayers
{
    /// <summary>
    /// A layer of Convolutional-KANs (<c>KAN_Convolutional_Layer</c>): <c>convs.{i}.conv.base_weight</c> [1, K²], <c>.spline_weight</c> [1, K², G + k], <c>.spline_scaler</c>
    /// [1, K²] and <c>.grid</c> [K², G + 2k + 1], i = output · inputs + input; in the first convention (until October 2024) i counts the kernels, each used for every input.
    /// </summary>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="inputChannels">Input channels.</param>
    /// <param name="outputChannels">Output channels.</param>
    /// <param name="window">Kernel, stride, padding and dilation, which are not stored.</param>
    /// <param name="sharedKernels">Whether the layer is of the first convention. Default false.</param>
    /// <param name="baseActivation">Function of the base branch; SiLU if null.</param>
    /// <exception cref="ArgumentException">A tensor is missing or does not fit, or the places of a window have different grids, which a layer here shares.</exception>
    public static KanConv<T> ConvolutionalKan<T>(
        NamedTensors<T> tensors, int inputChannels, int outputChannels, ConvWindow window, bool sharedKernels = false, Activation? baseActivation = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(window);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputChannels, 1);
        (int channels, int outputs) = sharedKernels ? (1, outputChannels / inputChannels) : (inputChannels, outputChannels);
        var read = new KanLinearTensors<T>[channels];
        KanLinearOptions functions = new();
        for (int channel = 0; channel < channels; channel++)
        {
            var kernels = new KanLinear<T>[outputs];
            for (int output = 0; output < outputs; output++)
            {
                string index = (output * channels + channel).ToString(CultureInfo.InvariantCulture);
                kernels[output] = EfficientKan(tensors.Below($"convs.{index}.conv."), baseActivation);
                functions = kernels[output].Options;
                if (kernels[output].Inputs != window.Taps)
                    throw new ArgumentException($"'convs.{index}' reads {kernels[output].Inputs} places; a window of {string.Join('×', window.Kernel)} has {window.Taps}.", nameof(window));
                if (kernels[output].Coefficients.Shape != kernels[0].Coefficients.Shape || kernels[output].Options.EdgeScale != kernels[0].Options.EdgeScale)
                    throw new ArgumentException($"'convs.{index}' has other functions than the kernels before it; all kernels of a layer have the same.", nameof(tensors));
                CheckGrid(kernels[0].Knots.Value, kernels[output].Knots.Value, index);
            }

            read[channel] = SideBySide(kernels);
        }

        var options = new KanConvOptions { Functions = functions, SharedKernels = sharedKernels, ChannelsStartAlone = true };
        return new KanConv<T>(inputChannels, outputChannels, window, options, [ConvStart.Gather(read, channels, window.Taps, outputs, functions)]);
    }

    /// <summary>Layers of one output and the same inputs as one layer.</summary>
    private static KanLinearTensors<T> SideBySide<T>(KanLinear<T>[] layers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return new KanLinearTensors<T>(
            layers[0].Knots.Value, Join(layer => layer.Coefficients)!, Join(layer => layer.BaseWeight), Join(layer => layer.EdgeScale), null, null);

        Tensor<T>? Join(Func<KanLinear<T>, Parameter<T>?> part)
        {
            if (part(layers[0]) is not { } first)
                return null;
            var joined = new Tensor<T>(first.Shape.WithLast(layers.Length));
            for (int output = 0; output < layers.Length; output++)
            {
                ReadOnlySpan<T> column = part(layers[output])!.Value.Span;
                for (int row = 0; row < column.Length; row++)
                    joined.Span[row * layers.Length + output] = column[row];
            }

            return joined;
        }
    }

    private static void CheckGrid<T>(Tensor<T> first, Tensor<T> knots, string index)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < knots.Shape[0]; row++)
        {
            if (!knots.Row(row).SequenceEqual(first.Row(0)))
                throw new ArgumentException($"'convs.{index}.conv.grid' has grids that differ between places of the window (row {row}) or outputs; a channel has one grid here. Refit it before the import, or import a checkpoint whose grids were not updated.");
        }
    }
}
