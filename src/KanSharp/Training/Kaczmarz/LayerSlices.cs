using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Training.Kaczmarz;

/// <summary>Parts of a network of two layers that belong to some of its hidden units.</summary>
internal static class LayerSlices
{
    /// <summary>A network of the units from <paramref name="start"/> to before <paramref name="end"/>, with copies of their parameters.</summary>
    public static KanNetwork<T> Units<T>(KanNetwork<T> network, int start, int end)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (KanLinear<T> first, KanLinear<T> second) = (network.Layers[0], network.Layers[1]);
        int units = end - start;
        var inner = new KanLinear<T>(first.Inputs, units, first.Options, new KanLinearTensors<T>(
            first.Knots.Value.Clone(), Columns(first.Coefficients.Value, start, end), Columns(first.BaseWeight?.Value, start, end),
            Columns(first.EdgeScale?.Value, start, end), Columns(first.Bias?.Value, start, end), Columns(first.Mask?.Value, start, end)));
        var outer = new KanLinear<T>(units, second.Outputs, second.Options, new KanLinearTensors<T>(
            Rows(second.Knots.Value, start, end), Rows(second.Coefficients.Value, start, end), Rows(second.BaseWeight?.Value, start, end),
            Rows(second.EdgeScale?.Value, start, end), second.Bias?.Value.Clone(), Rows(second.Mask?.Value, start, end)));
        return new KanNetwork<T>(inner, outer);
    }

    /// <summary>Copies parameters and knots of a part back, but for the bias of its last layer. The input knots of all parts are alike: they saw the same inputs.</summary>
    public static void PutBack<T>(KanNetwork<T> part, KanNetwork<T> network, int start)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (KanLinear<T> first, KanLinear<T> second) = (network.Layers[0], network.Layers[1]);
        (KanLinear<T> inner, KanLinear<T> outer) = (part.Layers[0], part.Layers[1]);
        inner.Knots.Value.Span.CopyTo(first.Knots.Value.Span);
        CopyColumns(inner.Coefficients.Value, first.Coefficients.Value, start);
        CopyColumns(inner.BaseWeight?.Value, first.BaseWeight?.Value, start);
        CopyColumns(inner.Bias?.Value, first.Bias?.Value, start);
        CopyRows(outer.Knots.Value, second.Knots.Value, start);
        CopyRows(outer.Coefficients.Value, second.Coefficients.Value, start);
        CopyRows(outer.BaseWeight?.Value, second.BaseWeight?.Value, start);
    }

    /// <summary>Multiplies all functions of a layer by a number.</summary>
    public static void Scale<T>(KanLinear<T> layer, T factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ref T value in layer.Coefficients.Value.Span)
            value *= factor;
        if (layer.BaseWeight is null)
            return;
        foreach (ref T value in layer.BaseWeight.Value.Span)
            value *= factor;
    }

    private static Tensor<T> Rows<T>(Tensor<T>? source, int start, int end)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (source is null)
            return null!;
        int[] extents = source.Shape.ToArray();
        int size = source.Shape.Count / extents[0];
        extents[0] = end - start;
        return new Tensor<T>(new Shape(extents), source.Span[(start * size)..(end * size)].ToArray());
    }

    private static Tensor<T> Columns<T>(Tensor<T>? source, int start, int end)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (source is null)
            return null!;
        int[] extents = source.Shape.ToArray();
        extents[^1] = end - start;
        var part = new Tensor<T>(new Shape(extents));
        for (int row = 0; row < source.Shape.Rows; row++)
            source.Row(row)[start..end].CopyTo(part.Row(row));
        return part;
    }

    private static void CopyRows<T>(Tensor<T>? part, Tensor<T>? target, int start)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (part is not null)
            part.Span.CopyTo(target!.Span[(start * (part.Shape.Count / part.Shape[0]))..]);
    }

    private static void CopyColumns<T>(Tensor<T>? part, Tensor<T>? target, int start)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < (part?.Shape.Rows ?? 0); row++)
            part!.Row(row).CopyTo(target!.Row(row)[start..]);
    }
}
