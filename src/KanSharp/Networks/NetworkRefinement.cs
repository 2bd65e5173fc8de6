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
        if (inputs is not null && (inputs.Shape.Rank == 0 || inputs.Shape.Last != network.Features))
            throw new ArgumentException($"The network has {network.Features} inputs; the last axis of {inputs.Shape} must be {network.Features}.", nameof(inputs));
        var refined = new RefinedLayer<T>[layers.Count];
        Tensor<T>? x = inputs is null ? null : network.SelectInputs(inputs.Reshape(new Shape(inputs.Shape.Rows, network.Features)));
        for (int index = 0; index < layers.Count; index++)
        {
            bool follows = options.Follow == RangeFollowing.AllLayers || (options.Follow == RangeFollowing.HiddenLayers && index > 0);
            refined[index] = GridRefinement.Refine(layers[index], intervals[index], x, options, follows);
            if (x is not null && index < layers.Count - 1)
                x = network.Stages[index].With(refined[index].Layer).Predict(x);
        }

        return new RefineResult<T>(network.With([.. refined.Select(layer => layer.Layer)]), refined);
    }
}
