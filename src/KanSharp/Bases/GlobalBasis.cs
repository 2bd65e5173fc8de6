using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// A family of functions that are non-zero everywhere (Gaussians, polynomials, waves), or are treated so. It knows the functions and their
/// derivatives and nothing of layers; maps of the input (tanh, normalisation) come before it as operations of their own.
/// </summary>
internal abstract class GlobalBasis<T>(int count)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The highest order of derivative that a family evaluates: a second derivative of the input that is trained on needs three.</summary>
    public const int MaxOrder = 3;

    /// <summary>Functions per feature.</summary>
    public int Count { get; } = count;

    /// <summary>Writes every value of the block. NaN at a point gives NaN in at least one function there.</summary>
    public abstract void Evaluate<V>(in BasisBlock<T> block)
        where V : unmanaged, ISimd<V, T>;
}
