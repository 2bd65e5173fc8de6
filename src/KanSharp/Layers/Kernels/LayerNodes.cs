using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Kernels;

/// <summary>The parameters of a layer on a tape.</summary>
/// <param name="Coefficients">[I, basis, O].</param>
/// <param name="Scale">Edge scale [I, O], or null.</param>
/// <param name="Base">Base weights [I, O], or null.</param>
/// <param name="Mask">[I, O], or empty.</param>
/// <param name="Bias">[O], or null.</param>
/// <param name="Outputs">O.</param>
internal readonly record struct LayerNodes<T>(Node<T> Coefficients, Node<T>? Scale, Node<T>? Base, Buffer<T> Mask, Node<T>? Bias, int Outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether any parameter is trained.</summary>
    public bool RequiresGradient =>
        Coefficients.RequiresGradient || Scale is { RequiresGradient: true } || Base is { RequiresGradient: true } || Bias is { RequiresGradient: true };

    /// <summary>Prepares the weights for the kernels, copies on the tape's arena.</summary>
    public LayerWeights<T> Prepare(Tape<T> tape) => LayerWeights<T>.Prepare(
        tape.Arena, Coefficients.Value, Scale is null ? default : Scale.Value, Base is null ? default : Base.Value, Mask, Coefficients.Shape[0], Outputs, tape.Executor.Width);
}
