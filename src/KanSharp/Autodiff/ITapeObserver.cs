using System.Numerics;

namespace KanSharp.Autodiff;

/// <summary>
/// Sees what flows through the layers of a network while it is computed: set <see cref="Tape{T}.Observer"/> before the forward pass. Used for
/// penalties on activations, for grid updates and for attribution.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface ITapeObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Whether <see cref="Leave"/> is of use. Without it a convolution, whose kernels are layers over pixels, shows its observers the pixels alone and is computed as it is without
    /// an observer; with it the outputs of kernels at all pixels are computed and kept, (pixels × window × outputs) numbers. Default true.
    /// </summary>
    bool WantsOutputs => true;

    /// <summary>A layer is about to be computed.</summary>
    /// <param name="layer">The layer: a <c>KanLinear</c>, <c>SymbolicEdges</c> or <c>NodeStage</c>.</param>
    /// <param name="x">Its input [..., I]. The observer may use it in further operations on the tape.</param>
    void Enter(object layer, Var<T> x);

    /// <summary>A layer has been computed.</summary>
    /// <param name="layer">The layer: a <c>KanLinear</c>, <c>SymbolicEdges</c> or <c>NodeStage</c>.</param>
    /// <param name="x">Its input [..., I].</param>
    /// <param name="y">Its output [..., O].</param>
    void Leave(object layer, Var<T> x, Var<T> y);
}
