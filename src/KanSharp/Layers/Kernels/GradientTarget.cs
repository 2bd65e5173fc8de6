using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Kernels;

/// <summary>A gradient to be written.</summary>
/// <param name="Values">Where to; empty if it is not wanted.</param>
/// <param name="Accumulate">Whether to add to what is there.</param>
internal readonly record struct GradientTarget<T>(Buffer<T> Values, bool Accumulate)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public bool IsWanted => !Values.IsEmpty;

    /// <summary>The gradient storage of a node that is trained, else nothing.</summary>
    public static GradientTarget<T> Of(Node<T>? node)
    {
        if (node is not { RequiresGradient: true })
            return default;
        _ = node.GradientTarget(out bool accumulate);
        return new GradientTarget<T>(node.Gradient, accumulate);
    }
}
