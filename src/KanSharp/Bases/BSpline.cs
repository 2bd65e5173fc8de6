using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>B-spline functions on one knot row, for inspection, plots and tests. Layers evaluate them in blocks instead.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class BSpline<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LocalBasisTable<T> _table;
    private readonly T[] _knots;

    /// <summary>Creates the basis.</summary>
    /// <param name="knots">Extended knots, G + 2k + 1 ascending values.</param>
    /// <param name="degree">Degree k, 1 to 10.</param>
    /// <param name="outside">Behaviour outside [t_k, t_{k+G}].</param>
    /// <exception cref="ArgumentException">The knots are not valid.</exception>
    public BSpline(ReadOnlySpan<T> knots, int degree, OutsideGrid outside = OutsideGrid.Linear)
    {
        _knots = knots.ToArray();
        _table = BSplineTable.Build(knots, 1, degree, outside);
    }

    /// <summary>Number of functions, G + k.</summary>
    public int Count => _table.Count;

    /// <summary>Degree k.</summary>
    public int Degree => _table.Degree;

    /// <summary>The extended knots.</summary>
    public ReadOnlySpan<T> Knots => _knots;

    /// <summary>All basis functions, or a derivative of them, at one point.</summary>
    /// <param name="x">The point.</param>
    /// <param name="values">Receives <see cref="Count"/> values.</param>
    /// <param name="derivative">Order of the derivative, 0 (default) or more.</param>
    /// <exception cref="ArgumentException">The target has another length.</exception>
    public void Evaluate(T x, Span<T> values, int derivative = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(derivative);
        if (values.Length != Count)
            throw new ArgumentException($"The basis has {Count} functions; the target holds {values.Length}.", nameof(values));
        Span<T> local = stackalloc T[_table.Stride];
        Span<int> first = stackalloc int[1];
        _table.Evaluate([x], 0, 1, derivative, first, local, SimdWidth.Scalar);
        values.Clear();
        local[..(Degree + 1)].CopyTo(values[first[0]..]);
    }
}
