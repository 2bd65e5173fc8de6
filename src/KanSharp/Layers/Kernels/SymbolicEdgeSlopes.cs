using System.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>Takes the derivatives with respect to the constants of one edge for some rows.</summary>
internal interface ISymbolicReceiver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    void Receive(scoped SymbolicEdgeSlopes<T> slopes);
}

/// <summary>
/// What the derivatives of one edge with respect to its constants are made of, for some rows: with t = gradient·m and order n, ∂a = c·(n·a^(n−1)·f⁽ⁿ⁾ + a^n·f⁽ⁿ⁺¹⁾·x)·t,
/// ∂b = c·a^n·f⁽ⁿ⁺¹⁾·t, ∂c = a^n·f⁽ⁿ⁾·t, ∂d = t for n = 0, ∂p = c·a^n·(∂f⁽ⁿ⁾/∂p)·t.
/// </summary>
internal readonly ref struct SymbolicEdgeSlopes<T>(
    int start, int edge, int order, T a, T c, ReadOnlySpan<T> x, ReadOnlySpan<T> f, ReadOnlySpan<T> slope, ReadOnlySpan<T> shape, ReadOnlySpan<T> t)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> _x = x;
    private readonly ReadOnlySpan<T> _f = f;
    private readonly ReadOnlySpan<T> _slope = slope;
    private readonly ReadOnlySpan<T> _shape = shape;
    private readonly ReadOnlySpan<T> _t = t;
    private readonly double _c = double.CreateTruncating(c);
    private readonly double _scale = order == 0 ? 1 : double.CreateTruncating(a);

    /// <summary>First row.</summary>
    public int Start { get; } = start;

    /// <summary>Number of rows.</summary>
    public int Count => _t.Length;

    /// <summary>Number of the edge.</summary>
    public int Edge { get; } = edge;

    /// <summary>Whether the function has an exponent.</summary>
    public bool HasShape => !_shape.IsEmpty;

    /// <summary>Derivatives of row n of the block with respect to a, b, c and d.</summary>
    public (double A, double B, double C, double D) Affine(int n)
    {
        double t = double.CreateTruncating(_t[n]), f = double.CreateTruncating(_f[n]), slope = double.CreateTruncating(_slope[n]);
        double b = _c * _scale * slope * t, a = b * double.CreateTruncating(_x[n]);
        return order == 0 ? (a, b, f * t, t) : (a + _c * f * t, b, _scale * f * t, 0);
    }

    /// <summary>Derivative of row n of the block with respect to the exponent.</summary>
    public double Shape(int n) => _c * _scale * double.CreateTruncating(_shape[n]) * double.CreateTruncating(_t[n]);
}
