using System.Numerics;
using KanSharp.Bases;

namespace KanSharp.Layers;

/// <summary>A layer on new knots.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Layer">The new layer; the old one is unchanged.</param>
/// <param name="Report">What changed.</param>
/// <param name="Transfers">Per input, how coefficients and what belongs to them were carried over.</param>
public sealed record RefinedLayer<T>(KanLinear<T> Layer, LayerRefinement Report, IReadOnlyList<SplineTransfer> Transfers)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
