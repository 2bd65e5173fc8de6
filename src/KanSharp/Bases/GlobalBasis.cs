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
    /// <summary>The highest order of derivative that a family evaluates: a fourth derivative of the input that is trained on needs five.</summary>
    public const int MaxOrder = DerivativeOrder.Highest;

    /// <summary>Functions per feature.</summary>
    public int Count { get; } = count;

    /// <summary>Numbers that the functions depend on and that training may change, for all features together: centres, a width, frequencies.</summary>
    public virtual int SharedParameters => 0;

    /// <summary>The same for each feature alone.</summary>
    public virtual int FeatureParameters => 0;

    /// <summary>Writes every value of the block. NaN at a point gives NaN in at least one function there.</summary>
    public abstract void Evaluate<V>(in BasisBlock<T> block)
        where V : unmanaged, ISimd<V, T>;

    /// <summary>
    /// Adds to the gradients of the parameters θ: Σ_n Σ_j g[(f, j), n]·∂φ_j⁽ᵈ⁾(x_n)/∂θ, where g stands in the block's values and d is its order, at most 4.
    /// Lanes past the batch have g = 0.
    /// </summary>
    /// <param name="block">Points, and g in place of values.</param>
    /// <param name="shared">Gradients of the <see cref="SharedParameters"/>.</param>
    /// <param name="features">Gradients of the <see cref="FeatureParameters"/> of the block's features, one after the other.</param>
    public virtual void ParameterGradient<V>(in BasisBlock<T> block, Span<T> shared, Span<T> features)
        where V : unmanaged, ISimd<V, T>
    {
    }
}
