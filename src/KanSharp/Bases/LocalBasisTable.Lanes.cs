using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>The basis as look-up tables over cells, for points in any order that lie side by side in registers.</summary>
internal sealed partial class LocalBasisTable<T>
{
    /// <summary>Cells of a feature, the two outer ones included: entries of a look-up table.</summary>
    public int Entries => Cells + 2;

    /// <summary>Powers of u that a look-up table of a derivative needs. At least two, so that NaN stays NaN in a constant piece.</summary>
    public int PowersOf(int order) => Math.Max(2, Degree + 1 - order);

    /// <summary>Writes origins and inverse widths of a feature's cells as two tables.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="target">Receives [2][<paramref name="length"/>].</param>
    /// <param name="length">Elements from one table to the next, at least <see cref="Entries"/>.</param>
    public void WriteCells(int feature, Span<T> target, int length)
    {
        _origins.AsSpan(feature * Entries, Entries).CopyTo(target);
        _inverseWidths.AsSpan(feature * Entries, Entries).CopyTo(target[length..]);
    }

    /// <summary>Writes every basis function of a feature as tables: one for each power of u.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="order">Order of the derivative.</param>
    /// <param name="target">Receives [<see cref="Count"/>][<see cref="PowersOf"/>][<paramref name="length"/>].</param>
    /// <param name="length">Elements from one table to the next, at least <see cref="Entries"/>.</param>
    public void WriteFunctions(int feature, int order, Span<T> target, int length)
    {
        T[] pieces = Pieces(order);
        int powers = PowersOf(order);
        int stride = Stride;
        target[..(Count * powers * length)].Clear();
        for (int cell = 0; cell < Entries; cell++)
        {
            int entry = feature * Entries + cell;
            int first = _first[entry];
            ReadOnlySpan<T> piece = pieces.AsSpan(entry * ((Degree + 1) * stride), (Degree + 1) * stride);
            for (int power = 0; power < powers; power++)
            {
                for (int r = 0; r <= Degree; r++)
                    target[((first + r) * powers + power) * length + cell] = piece[power * stride + r];
            }
        }
    }

    /// <summary>Writes the function Σ_n coefficient_n·B_n of an edge as tables: its polynomial on every cell.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="order">Order of the derivative.</param>
    /// <param name="coefficients">The coefficients of the edge, <paramref name="stride"/> elements apart.</param>
    /// <param name="stride">Elements from one coefficient to the next.</param>
    /// <param name="factor">Factor of the whole function.</param>
    /// <param name="target">Receives [<see cref="PowersOf"/>][<paramref name="length"/>].</param>
    /// <param name="length">Elements from one table to the next, at least <see cref="Entries"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void WriteEdge(int feature, int order, ReadOnlySpan<T> coefficients, int stride, T factor, Span<T> target, int length)
    {
        if (Degree > 5)
            throw new NotSupportedException($"Tables of edges are made for degrees up to 5, not {Degree}.");
        int degree = Degree;
        int step = Stride;
        int powers = PowersOf(order);
        ref T piece = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Pieces(order)), (nint)feature * Entries * ((degree + 1) * step));
        for (int cell = 0; cell < Entries; cell++)
        {
            // The coefficients stay in registers while the powers are gone through
            ReadOnlySpan<T> row = coefficients[(_first[feature * Entries + cell] * stride)..];
            T c0 = factor * row[0];
            T c1 = factor * row[stride];
            T c2 = degree > 1 ? factor * row[2 * stride] : T.Zero;
            T c3 = degree > 2 ? factor * row[3 * stride] : T.Zero;
            T c4 = degree > 3 ? factor * row[4 * stride] : T.Zero;
            T c5 = degree > 4 ? factor * row[5 * stride] : T.Zero;
            ref T source = ref piece;
            for (int at = cell; at < powers * length; at += length)
            {
                // Pieces are padded with zeros to 4 or 8 functions
                T sum = T.FusedMultiplyAdd(Unsafe.Add(ref source, 1), c1, source * c0);
                sum = T.FusedMultiplyAdd(Unsafe.Add(ref source, 3), c3, T.FusedMultiplyAdd(Unsafe.Add(ref source, 2), c2, sum));
                if (degree > 3)
                    sum = T.FusedMultiplyAdd(Unsafe.Add(ref source, 5), c5, T.FusedMultiplyAdd(Unsafe.Add(ref source, 4), c4, sum));
                target[at] = sum;
                source = ref Unsafe.Add(ref source, step);
            }

            piece = ref Unsafe.Add(ref piece, (degree + 1) * step);
        }
    }

    /// <summary>Finds cell and u of every point.</summary>
    /// <typeparam name="V">Register.</typeparam>
    /// <typeparam name="TTable">Where tables lie.</typeparam>
    /// <param name="feature">The feature.</param>
    /// <param name="x">Points; readable, and the results writable, up to the next whole register.</param>
    /// <param name="count">Number of points.</param>
    /// <param name="cells">What <see cref="WriteCells"/> wrote; whole registers are read.</param>
    /// <param name="length">Elements between its two tables.</param>
    /// <param name="index">Receives the cells as <see cref="LaneIndex"/> has them.</param>
    /// <param name="u">Receives the arguments of the polynomials.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void LocateLanes<V, TTable>(int feature, ref T x, int count, ref T cells, int length, ref T index, ref T u)
        where V : unmanaged, ISimd<V, T>
        where TTable : struct, ILaneTable
    {
        LocateAll<V>(feature, ref x, count, ref index);
        LaneLookup<V, TTable, T> origins = LaneLookup<V, TTable, T>.Load(ref cells);
        LaneLookup<V, TTable, T> scales = LaneLookup<V, TTable, T>.Load(ref Unsafe.Add(ref cells, length));
        for (nint n = 0; n < count; n += V.Count)
        {
            V position = V.Load(ref x, n);
            V cell = V.Load(ref index, n);
            ref T lanes = ref Unsafe.Add(ref index, n);
            V argument = (position - origins.At(cell, ref lanes, ref cells)) * scales.At(cell, ref lanes, ref Unsafe.Add(ref cells, length));
            if (_zeroOutside)
            {
                // Only an infinite x gives NaN here without being NaN, and the functions are zero there
                V number = V.Select(V.EqualTo(position, position), V.Zero, position);
                argument = V.Select(V.EqualTo(argument, argument), argument, number);
            }

            V.Store(argument, ref u, n);
        }
    }
}
