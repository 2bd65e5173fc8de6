using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Kernels;

namespace KanSharp.Training;

/// <summary>A KAN layer in a forward pass.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="X">Its input [..., I].</param>
/// <param name="Y">Its output [..., O].</param>
internal readonly record struct RecordedLayer<T>(KanLinear<T> Layer, Var<T> X, Var<T> Y)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What nodes were made of the output; null if it is passed on.</summary>
    public NodeStage<T>? Stage { get; init; }

    /// <summary>What the next layer takes: the nodes, or the output itself.</summary>
    public Var<T> Nodes { get; init; } = Y;
}

/// <summary>The edge sizes of a layer that a penalty was computed from.</summary>
/// <param name="Source">The layer with its input.</param>
/// <param name="Sizes">[I, O] on the tape.</param>
/// <param name="Size">What they are.</param>
internal readonly record struct EdgeTerm<T>(RecordedLayer<T> Source, Var<T> Sizes, EdgeSize Size)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
