using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// A function that is a polynomial on every cell: one look-up table per power of u, then Horner's rule. The JIT keeps the tables in registers and
/// drops those beyond the degree.
/// </summary>
/// <typeparam name="V">Register.</typeparam>
/// <typeparam name="TDegree">Degree, 1 to 5.</typeparam>
/// <typeparam name="TTable">Where tables lie.</typeparam>
/// <typeparam name="T">Scalar.</typeparam>
internal struct CellPolynomial<V, TDegree, TTable, T>
    where V : unmanaged, ISimd<V, T>
    where TDegree : struct, IConstant
    where TTable : struct, ILaneTable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private LaneLookup<V, TTable, T> _p0;
    private LaneLookup<V, TTable, T> _p1;
    private LaneLookup<V, TTable, T> _p2;
    private LaneLookup<V, TTable, T> _p3;
    private LaneLookup<V, TTable, T> _p4;
    private LaneLookup<V, TTable, T> _p5;

    /// <summary>Loads the tables, <paramref name="length"/> elements apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CellPolynomial<V, TDegree, TTable, T> Load(ref T tables, nint length)
    {
        CellPolynomial<V, TDegree, TTable, T> polynomial = default;
        polynomial._p0 = LaneLookup<V, TTable, T>.Load(ref tables);
        polynomial._p1 = LaneLookup<V, TTable, T>.Load(ref Unsafe.Add(ref tables, length));
        if (TDegree.Value > 1)
            polynomial._p2 = LaneLookup<V, TTable, T>.Load(ref Unsafe.Add(ref tables, 2 * length));
        if (TDegree.Value > 2)
            polynomial._p3 = LaneLookup<V, TTable, T>.Load(ref Unsafe.Add(ref tables, 3 * length));
        if (TDegree.Value > 3)
            polynomial._p4 = LaneLookup<V, TTable, T>.Load(ref Unsafe.Add(ref tables, 4 * length));
        if (TDegree.Value > 4)
            polynomial._p5 = LaneLookup<V, TTable, T>.Load(ref Unsafe.Add(ref tables, 5 * length));
        return polynomial;
    }

    /// <summary>The values of a register of points.</summary>
    /// <param name="u">Arguments.</param>
    /// <param name="lanes">Cells of the points, in memory.</param>
    /// <param name="tables">The tables in memory.</param>
    /// <param name="length">Elements from one table to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly V At(V u, ref T lanes, ref T tables, nint length)
    {
        V cell = V.Load(ref lanes, 0);
        V sum;
        if (TDegree.Value == 1)
            sum = _p1.At(cell, ref lanes, ref Unsafe.Add(ref tables, length));
        else if (TDegree.Value == 2)
            sum = _p2.At(cell, ref lanes, ref Unsafe.Add(ref tables, 2 * length));
        else if (TDegree.Value == 3)
            sum = _p3.At(cell, ref lanes, ref Unsafe.Add(ref tables, 3 * length));
        else if (TDegree.Value == 4)
            sum = _p4.At(cell, ref lanes, ref Unsafe.Add(ref tables, 4 * length));
        else
            sum = _p5.At(cell, ref lanes, ref Unsafe.Add(ref tables, 5 * length));
        if (TDegree.Value > 4)
            sum = V.MultiplyAdd(sum, u, _p4.At(cell, ref lanes, ref Unsafe.Add(ref tables, 4 * length)));
        if (TDegree.Value > 3)
            sum = V.MultiplyAdd(sum, u, _p3.At(cell, ref lanes, ref Unsafe.Add(ref tables, 3 * length)));
        if (TDegree.Value > 2)
            sum = V.MultiplyAdd(sum, u, _p2.At(cell, ref lanes, ref Unsafe.Add(ref tables, 2 * length)));
        if (TDegree.Value > 1)
            sum = V.MultiplyAdd(sum, u, _p1.At(cell, ref lanes, ref Unsafe.Add(ref tables, length)));
        return V.MultiplyAdd(sum, u, _p0.At(cell, ref lanes, ref tables));
    }
}
