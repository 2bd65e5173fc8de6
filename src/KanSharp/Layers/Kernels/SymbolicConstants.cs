using System.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The constants of symbolic edges: a, b, c, d row by row, and one exponent for each or none.</summary>
internal readonly ref struct SymbolicConstants<T>(ReadOnlySpan<T> affine, ReadOnlySpan<T> exponents)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> _affine = affine;
    private readonly ReadOnlySpan<T> _exponents = exponents;

    public T A(int edge) => _affine[4 * edge];

    public T B(int edge) => _affine[4 * edge + 1];

    public T C(int edge) => _affine[4 * edge + 2];

    public T D(int edge) => _affine[4 * edge + 3];

    /// <summary>The shape parameter; NaN where there is none.</summary>
    public T Exponent(int edge) => _exponents.IsEmpty ? T.NaN : _exponents[edge];
}
