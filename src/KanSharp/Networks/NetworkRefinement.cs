using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Networks;

/// <summary>Refines the layers of a network one after the other; each sees what the refined layers before it compute.</summary>
internal static class NetworkRefinement
{
    public static RefineResult<T> Refine<T>(KanNetwork<T> network, IReadOnlyList<int> intervals, Tensor<T>? inputs, RefineOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(intervals);
        options.Validate();
        IReadOnlyList<KanLinear<T>> layers = network.Layers;
        if (intervals.Count != layers.Count)
            throw new ArgumentException($"{intervals.Count} numbers of intervals were given for {layers.Count} layers; there is one for each.", nameof(intervals));
        if (inputs is not null && (inputs.Shape.Rank == 0 || inputs.Shape.Last != layers[0].Inputs))
            throw new ArgumentException($"The network has {layers[0].Inputs} inputs; the last axis of {inputs.Shape} must be {layers[0].Inputs}.", nameof(inputs));
        var refined = new RefinedLayer<T>[layers.Count];
        Tensor<T>? x = inputs?.Reshape(new Shape(inputs.Shape.Rows, layers[0].Inputs));
        for (int index = 0; index < layers.Count; index++)
        {
            bool follows = options.Follow == RangeFollowing.AllLayers || (options.Follow == RangeFollowing.HiddenLayers && index > 0);
            refined[index] = GridRefinement.Refine(layers[index], intervals[index], x, options, follows);
            if (x is not null && index < layers.Count - 1)
                x = Outputs(refined[index].Layer, x);
        }

        return new RefineResult<T>(new KanNetwork<T>([.. refined.Select(layer => layer.Layer)]), refined);
    }

    private static Tensor<T> Outputs<T>(KanLinear<T> layer, Tensor<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var y = new Tensor<T>(new Shape(x.Shape.Rows, layer.Outputs));
        layer.Predict(x.Span, y.Span);
        return y;
    }
}
