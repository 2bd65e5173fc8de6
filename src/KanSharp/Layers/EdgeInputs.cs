using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers;

/// <summary>What the edges of a layer see on a tape.</summary>
/// <param name="Functions">Inputs of the functions, [..., I], mapped.</param>
/// <param name="FunctionsAlong">Null, or the factors of the functions' derivatives: y = Σ φ^(d)(x)·m.</param>
/// <param name="Base">Inputs of the base branch; the same node, or the layer's own inputs.</param>
/// <param name="BaseAlong">The factors of the base branch's derivatives.</param>
/// <param name="Order">Order d of the derivative, 0 to 4.</param>
internal readonly record struct EdgeInputs<T>(Node<T> Functions, Node<T>? FunctionsAlong, Node<T> Base, Node<T>? BaseAlong, int Order)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether base branch and functions see the same.</summary>
    public bool AreOne => Functions == Base;
}
