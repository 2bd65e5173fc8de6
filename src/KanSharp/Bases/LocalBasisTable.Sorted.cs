using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>Evaluation for points of one feature that are sorted by cell: the polynomials of a cell are constants, points lie side by side in a register.</summary>
internal sealed partial class LocalBasisTable<T>
{
    /// <summary>Up to this many breakpoints a comparison with each of them, for a register of points at a time, beats a division and a look.</summary>
    private const int ComparedOfEven = 24;

    /// <summary>The same for a search per point, where the cells have different widths.</summary>
    private const int ComparedOfUneven = 64;

    /// <summary>Added to a small whole number, this power of two leaves the number in the low bits.</summary>
    private static double IndexShift => typeof(T) == typeof(float) ? 8388608.0 : 4503599627370496.0;

    /// <summary>Finds the cell of every point, as <see cref="Locate(int, T)"/> does.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="x">Points; readable and <paramref name="cells"/> writable up to the next whole register.</param>
    /// <param name="count">Number of points.</param>
    /// <param name="cells">Receives the cells, to be read with <see cref="CellOf"/>.</param>
    /// <param name="width">SIMD width.</param>
    public void Locate(int feature, ref T x, int count, ref T cells, SimdWidth width)
    {
        switch (width)
        {
            case SimdWidth.Bits512: LocateAll<Simd512<T>>(feature, ref x, count, ref cells); break;
            case SimdWidth.Bits256: LocateAll<Simd256<T>>(feature, ref x, count, ref cells); break;
            case SimdWidth.Bits128: LocateAll<Simd128<T>>(feature, ref x, count, ref cells); break;
            default: LocateAll<SimdScalar<T>>(feature, ref x, count, ref cells); break;
        }
    }

    /// <summary>The cell that <see cref="Locate(int, ref T, int, ref T, SimdWidth)"/> has written: the low bits of the number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CellOf(T located) => typeof(T) == typeof(float)
        ? Unsafe.BitCast<T, int>(located) & 0x7FFFFF
        : (int)Unsafe.BitCast<T, long>(located);

    /// <summary>Index of the first non-zero function of every cell of a feature.</summary>
    public ReadOnlySpan<int> First(int feature) => _first.AsSpan(feature * (Cells + 2), Cells + 2);

    /// <summary>Evaluates the functions of one cell at some of its points, function by function.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="cell">The cell that all points lie in.</param>
    /// <param name="pieces"><see cref="Pieces"/> of the wanted derivative.</param>
    /// <param name="x">Points; readable up to the next whole register.</param>
    /// <param name="count">Number of points.</param>
    /// <param name="values">Receives [k+1 functions][<paramref name="stride"/>]; written up to the next whole register.</param>
    /// <param name="stride">Elements between two functions.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EvaluateCell<V>(int feature, int cell, T[] pieces, ref T x, int count, ref T values, int stride)
        where V : unmanaged, ISimd<V, T>
    {
        int entry = feature * (Cells + 2) + cell;
        V origin = V.Broadcast(_origins[entry]);
        V scale = V.Broadcast(_inverseWidths[entry]);
        bool isConstant = _zeroOutside && (cell == 0 || cell == Cells + 1);
        int degree = Degree;
        int step = Stride;
        ref T piece = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(pieces), (nint)entry * ((degree + 1) * step));
        for (int i = 0; i < count; i += V.Count)
        {
            V position = V.Load(ref x, i);
            V u = (position - origin) * scale;
            if (isConstant)
                u = V.Select(V.EqualTo(position, position), V.Zero, position);
            ref T target = ref Unsafe.Add(ref values, i);
            for (int r = 0; r <= degree; r++)
            {
                ref T power = ref Unsafe.Add(ref piece, degree * step + r);
                V sum = V.Broadcast(power);
                for (int p = 0; p < degree; p++)
                {
                    power = ref Unsafe.Subtract(ref power, step);
                    sum = V.MultiplyAdd(sum, u, V.Broadcast(power));
                }

                V.Store(sum, ref target, 0);
                target = ref Unsafe.Add(ref target, stride);
            }
        }
    }

    private void LocateAll<V>(int feature, ref T x, int count, ref T cells)
        where V : unmanaged, ISimd<V, T>
    {
        bool isEven = _scales[feature] != T.Zero;
        if (Cells + 1 <= (isEven ? ComparedOfEven : ComparedOfUneven))
            Compare<V>(feature, ref x, count, ref cells);
        else if (isEven)
            Divide<V>(feature, ref x, count, ref cells);
        else
            Search(feature, ref x, count, ref cells);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compare<V>(int feature, ref T x, int count, ref T cells)
        where V : unmanaged, ISimd<V, T>
    {
        int breakpoints = Cells + 1;
        ref T points = ref _breakpoints[feature * breakpoints];
        V shift = V.Broadcast(T.CreateTruncating(IndexShift));
        V all = shift + V.Broadcast(T.CreateTruncating(breakpoints));
        V one = V.Broadcast(T.One);
        for (int n = 0; n < count; n += V.Count)
        {
            V position = V.Load(ref x, n);
            V cell = all;
            for (int j = 0; j < breakpoints; j++)
                cell -= V.LessThan(position, V.Broadcast(Unsafe.Add(ref points, j))) & one;
            // NaN is below nothing, but belongs to cell 0
            V.Store(V.Select(V.EqualTo(position, position), cell, shift), ref cells, n);
        }
    }

    /// <summary>
    /// Cells of equal width by division, a register of points at a time; then each point looks whether rounding has put it beside its cell.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Divide<V>(int feature, ref T x, int count, ref T cells)
        where V : unmanaged, ISimd<V, T>
    {
        int inner = Cells;
        ref T points = ref _breakpoints[feature * (inner + 1)];
        T last = Unsafe.Add(ref points, inner);
        V start = V.Broadcast(points);
        V end = V.Broadcast(last);
        V scale = V.Broadcast(_scales[feature]);
        V most = V.Broadcast(T.CreateTruncating(inner - 1));
        V one = V.Broadcast(T.One);
        V shift = V.Broadcast(T.CreateTruncating(IndexShift));
        for (int n = 0; n < count; n += V.Count)
        {
            V position = V.Load(ref x, n);
            V cell = V.Max(V.Min(V.Floor((position - start) * scale), most), V.Zero) + one;
            V below = V.LessThan(position, start);
            V inside = V.LessThan(position, end);
            cell = V.Select(below, V.Zero, V.Select(inside, cell, V.Broadcast(T.CreateTruncating(inner + 1))));
            V.Store(V.Select(V.EqualTo(position, position), cell + shift, shift), ref cells, n);
        }

        for (int n = 0; n < count; n++)
        {
            ref T located = ref Unsafe.Add(ref cells, n);
            int cell = CellOf(located);
            if (cell == 0 || cell > inner)
                continue;
            T position = Unsafe.Add(ref x, n);
            if (position >= Unsafe.Add(ref points, cell - 1) && position < Unsafe.Add(ref points, cell))
                continue;
            Write(ref located, LocateInside(ref points, _scales[feature], position));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Search(int feature, ref T x, int count, ref T cells)
    {
        for (int n = 0; n < count; n++)
            Write(ref Unsafe.Add(ref cells, n), Locate(feature, Unsafe.Add(ref x, n)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ref T located, int cell) =>
        located = typeof(T) == typeof(float) ? Unsafe.BitCast<int, T>(cell) : Unsafe.BitCast<long, T>(cell);
}
