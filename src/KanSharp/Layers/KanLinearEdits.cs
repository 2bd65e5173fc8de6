using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers;

/// <summary>Layers made from others: another mask, some of the inputs and outputs. The parameters are copies.</summary>
internal static class KanLinearEdits
{
    /// <summary>The layer with another mask, which becomes its own. What was frozen because all edges were off is trained again as the options say.</summary>
    public static KanLinear<T> WithMask<T>(KanLinear<T> layer, Tensor<T> mask)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var edited = new KanLinear<T>(layer.Inputs, layer.Outputs, layer.Options, layer.CopyTensors() with { Mask = mask });
        if (!layer.IsOff || edited.IsOff)
            KeepTrainable(layer, edited);
        return edited;
    }

    /// <summary>The layer of chosen inputs and outputs, in the order given.</summary>
    public static KanLinear<T> Subset<T>(KanLinear<T> layer, ReadOnlySpan<int> inputs, ReadOnlySpan<int> outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BasisPart[] parts = BasisParts.Of(layer.Options.Basis, layer.Inputs, layer.Outputs);
        var family = new Tensor<T>[parts.Length];
        for (int index = 0; index < parts.Length; index++)
            family[index] = parts[index].Subset(layer.Functions.Tensors[index], inputs, outputs);
        bool spline = layer.Options.IsSpline;
        var edited = new KanLinear<T>(inputs.Length, outputs.Length, layer.Options, new KanLinearTensors<T>(
            spline ? family[0] : null, Columns(Rows(layer.Coefficients.Value, inputs), outputs)!, Columns(Rows(layer.BaseWeight?.Value, inputs), outputs),
            Columns(Rows(layer.EdgeScale?.Value, inputs), outputs), Columns(layer.Bias?.Value, outputs), Columns(Rows(layer.Mask?.Value, inputs), outputs))
        {
            Family = spline ? [] : family,
            Mapping = layer.Mapping?.Subset(inputs),
        });
        KeepTrainable(layer, edited);
        return edited;
    }

    private static void KeepTrainable<T>(KanLinear<T> source, KanLinear<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (((_, Parameter<T> from), (_, Parameter<T> to)) in source.Parameters().Zip(target.Parameters()))
            to.Trainable = from.Trainable;
    }

    /// <summary>Some of the first axis; null of null.</summary>
    public static Tensor<T>? Rows<T>(Tensor<T>? source, ReadOnlySpan<int> chosen)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (source is null)
            return null;
        int[] extents = source.Shape.ToArray();
        int size = source.Shape.Count / extents[0];
        extents[0] = chosen.Length;
        var part = new Tensor<T>(new Shape(extents));
        for (int index = 0; index < chosen.Length; index++)
            source.Span.Slice(chosen[index] * size, size).CopyTo(part.Span[(index * size)..]);
        return part;
    }

    /// <summary>Some of the last axis; null of null.</summary>
    public static Tensor<T>? Columns<T>(Tensor<T>? source, ReadOnlySpan<int> chosen)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (source is null)
            return null;
        var part = new Tensor<T>(source.Shape.WithLast(chosen.Length));
        for (int row = 0; row < source.Shape.Rows; row++)
        {
            for (int index = 0; index < chosen.Length; index++)
                part.Row(row)[index] = source.Row(row)[chosen[index]];
        }

        return part;
    }
}
