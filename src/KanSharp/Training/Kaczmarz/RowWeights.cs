using System.Numerics;
using KanSharp.Layers;

namespace KanSharp.Training.Kaczmarz;

/// <summary>Copies weights between a layer and its working copy.</summary>
internal static unsafe class RowWeights
{
    /// <summary>Multiplies the coefficients by the edge scales, which become 1: the same functions with one factor less to train.</summary>
    public static void FoldEdgeScale<T>(KanLinear<T> layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (layer.EdgeScale is null || !layer.EdgeScale.Value.Span.ContainsAnyExcept(T.One))
            return;
        Span<T> scale = layer.EdgeScale.Value.Span, coefficients = layer.Coefficients.Value.Span;
        int splines = layer.Coefficients.Shape[1], outputs = layer.Outputs;
        for (int at = 0; at < coefficients.Length; at++)
            coefficients[at] *= scale[at / (splines * outputs) * outputs + at % outputs];
        scale.Fill(T.One);
    }

    /// <summary>Reads coefficients, base weights and bias: mask folded in, divided by the units of the outputs.</summary>
    public static void Load<T>(KanLinear<T> layer, T* weights, T* bias, int stride, ReadOnlySpan<T> units)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outputs = layer.Outputs;
        for (int o = 0; o < outputs; o++)
            bias[o] = layer.Bias is null ? T.Zero : layer.Bias.Value[o] / units[o];
        T* into = weights;
        for (int input = 0; input < layer.Inputs; input++)
        {
            ReadOnlySpan<T> mask = layer.Mask is null ? default : layer.Mask.Value.Row(input);
            for (int row = 0; row < RowsOf(layer); row++, into += stride)
            {
                ReadOnlySpan<T> source = Row(layer, input, row);
                for (int o = 0; o < source.Length; o++)
                    into[o] = source[o] / units[o];
                for (int o = 0; o < mask.Length; o++)
                    into[o] *= mask[o];
            }
        }
    }

    /// <summary>Writes what is trained back; edges that are off keep what they have.</summary>
    public static void Store<T>(KanLinear<T> layer, T* weights, T* bias, int stride, ReadOnlySpan<T> units)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int o = 0; o < layer.Outputs && layer.Bias is { Trainable: true }; o++)
            layer.Bias!.Value[o] = bias[o] * units[o];
        T* from = weights;
        int splines = layer.Coefficients.Shape[1];
        for (int input = 0; input < layer.Inputs; input++)
        {
            ReadOnlySpan<T> mask = layer.Mask is null ? default : layer.Mask.Value.Row(input);
            for (int row = 0; row < RowsOf(layer); row++, from += stride)
            {
                if (!(row < splines ? layer.Coefficients : layer.BaseWeight!).Trainable)
                    continue;
                Span<T> target = Row(layer, input, row);
                for (int o = 0; o < target.Length; o++)
                {
                    if (mask.IsEmpty)
                        target[o] = from[o] * units[o];
                    else if (mask[o] != T.Zero)
                        target[o] = from[o] * units[o] / mask[o];
                }
            }
        }
    }

    private static int RowsOf<T>(KanLinear<T> layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => layer.Coefficients.Shape[1] + (layer.BaseWeight is null ? 0 : 1);

    private static Span<T> Row<T>(KanLinear<T> layer, int input, int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int splines = layer.Coefficients.Shape[1];
        return row < splines
            ? layer.Coefficients.Value.Span.Slice((input * splines + row) * layer.Outputs, layer.Outputs)
            : layer.BaseWeight!.Value.Row(input);
    }
}
