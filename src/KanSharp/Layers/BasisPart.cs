using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers;

/// <summary>A tensor that belongs to the functions of a layer, not to its edges' coefficients: centres, phases, scales.</summary>
/// <param name="Name">Name among the layer's members.</param>
/// <param name="Axis">What its leading axes are.</param>
/// <param name="Shape">Its extents.</param>
/// <param name="IsTrained">Whether it is a parameter; otherwise it is state.</param>
internal readonly record struct BasisPart(string Name, BasisAxis Axis, Shape Shape, bool IsTrained)
{
    /// <summary>Whether a part that is held by value follows a choice of inputs.</summary>
    public bool HasInputs => Axis != BasisAxis.Shared;

    /// <summary>The part of chosen inputs and outputs of a layer.</summary>
    public Tensor<T> Subset<T>(Tensor<T> source, ReadOnlySpan<int> inputs, ReadOnlySpan<int> outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Axis switch
        {
            BasisAxis.Shared => source.Clone(),
            BasisAxis.Feature => KanLinearEdits.Rows(source, inputs)!,
            _ => KanLinearEdits.Columns(KanLinearEdits.Rows(source, inputs), outputs)!,
        };
}
