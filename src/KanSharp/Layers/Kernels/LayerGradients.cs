using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Kernels;

/// <summary>The gradients that a backward pass of a layer writes.</summary>
internal readonly record struct LayerGradients<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>[I, basis, O].</summary>
    public GradientTarget<T> Coefficients { get; init; }

    /// <summary>Edge scale, [I, O].</summary>
    public GradientTarget<T> Scale { get; init; }

    /// <summary>Base weights, [I, O].</summary>
    public GradientTarget<T> Base { get; init; }

    /// <summary>Mask [I, O]; empty for 1. The gradients of scale and base weights are multiplied by it.</summary>
    public Buffer<T> Mask { get; init; }

    /// <summary>Inputs, [N, I].</summary>
    public GradientTarget<T> Input { get; init; }

    /// <summary>Multiplier, [N, I].</summary>
    public GradientTarget<T> Multiplier { get; init; }

    /// <summary>Whether anything is asked of the weights.</summary>
    public bool HasWeights => Coefficients.IsWanted || Scale.IsWanted || Base.IsWanted;
}
