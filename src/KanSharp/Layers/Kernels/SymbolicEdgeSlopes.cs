using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>Takes the derivatives with respect to the constants of one edge for some rows.</summary>
internal interface ISymbolicReceiver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    void Receive(scoped SymbolicEdgeSlopes<T> slopes);
}

/// <summary>
/// What the derivatives of one edge with respect to its constants are made of, for some rows: with t = gradient·m and order n, ∂a = c·(n·a^(n−1)·f⁽ⁿ⁾ + a^n·f⁽ⁿ⁺¹⁾·x)·t,
/// ∂b = c·a^n·f⁽ⁿ⁺¹⁾·t, ∂c = a^n·f⁽ⁿ⁾·t, ∂d = t for n = 0, ∂p = c·a^n·(∂f⁽ⁿ⁾/∂p)·t. It holds x, f⁽ⁿ⁾, f⁽ⁿ⁺¹⁾·t, ∂f⁽ⁿ⁾/∂p and t.
/// </summary>
internal readonly ref struct SymbolicEdgeSlopes<T>(
    int start, int edge, int order, T a, T c, ReadOnlySpan<T> x, ReadOnlySpan<T> f, ReadOnlySpan<T> bend, ReadOnlySpan<T> shape, ReadOnlySpan<T> t)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> _x = x;
    private readonly ReadOnlySpan<T> _f = f;
    private readonly ReadOnlySpan<T> _bend = bend;
    private readonly ReadOnlySpan<T> _shape = shape;
    private readonly ReadOnlySpan<T> _t = t;
    private readonly double _c = double.CreateTruncating(c);
    private readonly double _scale = Power(double.CreateTruncating(a), order);
    private readonly double _growth = order == 0 ? 0 : order * Power(double.CreateTruncating(a), order - 1);

    /// <summary>First row.</summary>
    public int Start { get; } = start;

    /// <summary>Number of rows.</summary>
    public int Count => _t.Length;

    /// <summary>Number of the edge.</summary>
    public int Edge { get; } = edge;

    /// <summary>Whether the function has an exponent.</summary>
    public bool HasShape => !_shape.IsEmpty;

    /// <summary>Derivatives with respect to a, b, c and d of one row of the block.</summary>
    public (double A, double B, double C, double D) Affine(int n) => Affine(
        double.CreateTruncating(_bend[n]) * double.CreateTruncating(_x[n]), double.CreateTruncating(_bend[n]),
        double.CreateTruncating(_f[n]) * double.CreateTruncating(_t[n]), double.CreateTruncating(_t[n]));

    /// <summary>Their sums over the rows of the block.</summary>
    public (double A, double B, double C, double D) AffineSums(SimdWidth width) => Affine(
        double.CreateTruncating(VectorMath.Dot(_bend, _x, width)), double.CreateTruncating(VectorMath.Sum(_bend, width)),
        double.CreateTruncating(VectorMath.Dot(_f, _t, width)), double.CreateTruncating(VectorMath.Sum(_t, width)));

    /// <summary>Derivative with respect to the exponent of one row of the block.</summary>
    public double Shape(int n) => _c * _scale * double.CreateTruncating(_shape[n]) * double.CreateTruncating(_t[n]);

    /// <summary>Its sum over the rows of the block.</summary>
    public double ShapeSum(SimdWidth width) => _c * _scale * double.CreateTruncating(VectorMath.Dot(_shape, _t, width));

    private (double A, double B, double C, double D) Affine(double bendX, double bend, double ft, double t) => order == 0
        ? (_c * bendX, _c * bend, ft, t)
        : (_c * (_growth * ft + _scale * bendX), _c * _scale * bend, _scale * ft, 0);

    private static double Power(double a, int order)
    {
        double power = 1;
        for (int n = 0; n < order; n++)
            power *= a;
        return power;
    }
}
