using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>Initial values of a kernel: those of a layer that reads the whole window, brought into the order of a kernel.</summary>
internal static class ConvStart
{
    /// <summary>Draws a kernel.</summary>
    /// <param name="channels">Channels C of the group.</param>
    /// <param name="taps">Places of the window.</param>
    /// <param name="outputs">Outputs O of the group.</param>
    /// <param name="options">Functions and how channels start.</param>
    /// <param name="random">Source of the values.</param>
    public static KanLinear<T> Draw<T>(int channels, int taps, int outputs, KanConvOptions options, SplitRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanLinearOptions functions = options.Functions with { Bias = false };
        if (!options.ChannelsStartAlone)
            return Gather([KanLinearInitializer.Draw<T>(channels * taps, outputs, functions, random)], channels, taps, outputs, functions);
        var alone = new KanLinearTensors<T>[channels];
        for (int channel = 0; channel < channels; channel++)
            alone[channel] = KanLinearInitializer.Draw<T>(taps, outputs, functions, random.Split((ulong)channel));
        return Gather(alone, channels, taps, outputs, functions);
    }

    /// <summary>A kernel from the tensors of layers that read windows: one layer for all channels, or one for each.</summary>
    public static KanLinear<T> Gather<T>(KanLinearTensors<T>[] layers, int channels, int taps, int outputs, KanLinearOptions functions)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanLinearTensors<T> first = layers[0];
        BasisPart[] parts = BasisParts.Of(functions.Basis, channels, taps * outputs);
        bool spline = functions.IsSpline;
        var family = new Tensor<T>[spline ? 0 : parts.Length];
        for (int index = 0; index < family.Length; index++)
        {
            int part = index;
            family[index] = parts[index].Axis switch
            {
                BasisAxis.Shared => first.Family[index].Clone(),
                BasisAxis.Feature => PerChannel(layers, tensors => tensors.Family[part], channels, taps),
                _ => Edges(layers, tensors => tensors.Family[part], channels, taps, outputs)!,
            };
        }

        return new KanLinear<T>(channels, taps * outputs, functions, new KanLinearTensors<T>(
            spline ? PerChannel(layers, tensors => tensors.Knots!, channels, taps) : null,
            Edges(layers, tensors => tensors.Coefficients, channels, taps, outputs)!,
            Edges(layers, tensors => tensors.BaseWeight, channels, taps, outputs),
            Edges(layers, tensors => tensors.EdgeScale, channels, taps, outputs),
            null,
            Edges(layers, tensors => tensors.Mask, channels, taps, outputs))
        {
            Family = family,
        });
    }

    /// <summary>[C·taps, ...] of a layer, or [taps, ...] of one for each channel, as [C, ...]: the row of a channel's first tap.</summary>
    private static Tensor<T> PerChannel<T>(KanLinearTensors<T>[] layers, Func<KanLinearTensors<T>, Tensor<T>> part, int channels, int taps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] extents = part(layers[0]).Shape.ToArray();
        extents[0] = channels;
        var target = new Tensor<T>(new Shape(extents));
        int size = target.Shape.Count / channels;
        for (int channel = 0; channel < channels; channel++)
        {
            (Tensor<T> source, int row) = layers.Length == 1 ? (part(layers[0]), channel * taps) : (part(layers[channel]), 0);
            source.Span.Slice(row * size, size).CopyTo(target.Span[(channel * size)..]);
        }

        return target;
    }

    /// <summary>[C·taps, (functions,) O], or [taps, (functions,) O] for each channel, as [C, (functions,) taps·O].</summary>
    private static Tensor<T>? Edges<T>(KanLinearTensors<T>[] layers, Func<KanLinearTensors<T>, Tensor<T>?> part, int channels, int taps, int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (part(layers[0]) is not { } first)
            return null;
        int functions = first.Shape.Rank == 3 ? first.Shape[1] : 1, edges = taps * outputs;
        var target = new Tensor<T>(first.Shape.Rank == 3 ? new Shape(channels, functions, edges) : new Shape(channels, edges));
        for (int channel = 0; channel < channels; channel++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                (Tensor<T> source, int row) = layers.Length == 1 ? (first, channel * taps + tap) : (part(layers[channel])!, tap);
                for (int n = 0; n < functions; n++)
                    source.Span.Slice((row * functions + n) * outputs, outputs).CopyTo(target.Span[(((channel * functions) + n) * edges + tap * outputs)..]);
            }
        }

        return target;
    }
}
