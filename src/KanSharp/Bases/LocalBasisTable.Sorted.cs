using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>Evaluation for points of one feature that are sorted by cell: the polynomials of a cell are constants, points lie side by side in a register.</summary>
internal sealed partial class LocalBasisTable<T>
{
    /// <summary>Up to this many breakpoints a comparison with each of them, for a register of points at a time, beats a search per point.</summary>
    private const int ComparedBreakpoints = 40;

    /// <summary>Finds the cell of every point, as <see cref="Locate(int, T)"/> does.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="x">Points; readable and <paramref name="cells"/> writable up to the next whole register.</param>
    /// <param name="count">Number of points.</param>
    /// <param name="cells">Receives the cells, to be read with <see cref="CellOf"/>.</param>
    /// <param name="width">SIMD width.</param>
    public void Locate(int feature, ref T x, int count, ref T cells, SimdWidth width)
    {
        if (Cells + 1 > ComparedBreakpoints)
        {
            LocateOneByOne(feature, ref x, count, ref cells);
            return;
        }

        switch (width)
        {
            case SimdWidth.Bits512: Compare<Simd512<T>>(feature, ref x, count, ref cells); break;
            case SimdWidth.Bits256: Compare<Simd256<T>>(feature, ref x, count, ref cells); break;
            case SimdWidth.Bits128: Compare<Simd128<T>>(feature, ref x, count, ref cells); break;
            default: Compare<SimdScalar<T>>(feature, ref x, count, ref cells); break;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compare<V>(int feature, ref T x, int count, ref T cells)
        where V : unmanaged, ISimd<V, T>
    {
        int breakpoints = Cells + 1;
        ref T points = ref _breakpoints[feature * breakpoints];
        // Added to a small whole number, this power of two leaves the number in the low bits
        V shift = V.Broadcast(T.CreateTruncating(typeof(T) == typeof(float) ? 8388608.0 : 4503599627370496.0));
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LocateOneByOne(int feature, ref T x, int count, ref T cells)
    {
        int inner = Cells;
        ref T points = ref _breakpoints[feature * (inner + 1)];
        T scale = _scales[feature];
        T start = points;
        T end = Unsafe.Add(ref points, inner);
        for (int n = 0; n < count; n++)
        {
            T position = Unsafe.Add(ref x, n);
            int cell = !(position >= start) ? 0 : position >= end ? inner + 1 : LocateInside(ref points, scale, position);
            Unsafe.Add(ref cells, n) = typeof(T) == typeof(float) ? Unsafe.BitCast<int, T>(cell) : Unsafe.BitCast<long, T>(cell);
        }
    }
}
