using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>Sorts the points of one feature by cell, so that a sweep meets all points of a cell in a row.</summary>
/// <remarks>
/// Counting takes about 6 cycles a point. With 512-bit registers the points of one cell can be squeezed out of a register at once, some 10
/// instructions per cell and register of points, which is faster up to about 20 cells.
/// </remarks>
internal static class CellSort
{
    /// <summary>Counters that a cell needs room for.</summary>
    public const int CountersPerCell = 4;

    private const int SqueezedCells = 20;

    /// <summary>Sorts points by cell.</summary>
    /// <param name="width">SIMD width.</param>
    /// <param name="first">Index of the first function of every cell; its length is the number of cells.</param>
    /// <param name="rows">Number of points.</param>
    /// <param name="cell">The cell of every point, as <see cref="LocalBasisTable{T}.CellOf"/> reads it.</param>
    /// <param name="x">The points.</param>
    /// <param name="order">Receives the row of every point in sorted order; writable 16 elements past the last.</param>
    /// <param name="sorted">Receives the points in sorted order; writable 16 elements past the last.</param>
    /// <param name="counters">Room for <see cref="CountersPerCell"/> counters per cell.</param>
    /// <param name="runs">Receives the cells with points, in ascending order.</param>
    /// <returns>The number of cells with points.</returns>
    public static int Sort<T>(
        SimdWidth width, ReadOnlySpan<int> first, int rows, ref T cell, ref T x, ref int order, ref T sorted, Span<int> counters, Span<CellRun> runs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Avx512F.VL.IsSupported && width == SimdWidth.Bits512 && first.Length <= SqueezedCells)
        {
            return typeof(T) == typeof(float)
                ? SqueezeSingles(first, rows, ref Unsafe.As<T, float>(ref cell), ref Unsafe.As<T, float>(ref x), ref order, ref Unsafe.As<T, float>(ref sorted), runs)
                : SqueezeDoubles(first, rows, ref Unsafe.As<T, double>(ref cell), ref Unsafe.As<T, double>(ref x), ref order, ref Unsafe.As<T, double>(ref sorted), runs);
        }

        return Count(first, rows, ref cell, ref x, ref order, ref sorted, counters, runs);
    }

    /// <summary>
    /// Counting sort with four counters per cell, taken in turn, so that points do not wait for the counter that a neighbour has just changed. Within a
    /// cell the rows 0, 4, 8, … come first, then 1, 5, 9, … and so on.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Count<T>(
        ReadOnlySpan<int> first, int rows, ref T cell, ref T x, ref int order, ref T sorted, Span<int> counters, Span<CellRun> runs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        counters = counters[..(CountersPerCell * first.Length)];
        counters.Clear();
        ref int counter = ref counters[0];
        int n = 0;
        for (; n + 3 < rows; n += 4)
        {
            ref T located = ref Unsafe.Add(ref cell, n);
            Counter(ref counter, ref located, 0)++;
            Counter(ref counter, ref Unsafe.Add(ref located, 1), 1)++;
            Counter(ref counter, ref Unsafe.Add(ref located, 2), 2)++;
            Counter(ref counter, ref Unsafe.Add(ref located, 3), 3)++;
        }

        for (; n < rows; n++)
            Counter(ref counter, ref Unsafe.Add(ref cell, n), n & 3)++;
        int start = 0;
        int count = 0;
        for (int c = 0; c < first.Length; c++)
        {
            ref int own = ref Unsafe.Add(ref counter, c * CountersPerCell);
            int one = start + own;
            int two = one + Unsafe.Add(ref own, 1);
            int three = two + Unsafe.Add(ref own, 2);
            int end = three + Unsafe.Add(ref own, 3);
            if (end == start)
                continue;
            own = start;
            Unsafe.Add(ref own, 1) = one;
            Unsafe.Add(ref own, 2) = two;
            Unsafe.Add(ref own, 3) = three;
            start = end;
            runs[count++] = new CellRun(c, first[c], end);
        }

        n = 0;
        for (; n + 3 < rows; n += 4)
        {
            ref T located = ref Unsafe.Add(ref cell, n);
            Place(ref Counter(ref counter, ref located, 0), n, ref x, ref order, ref sorted);
            Place(ref Counter(ref counter, ref Unsafe.Add(ref located, 1), 1), n + 1, ref x, ref order, ref sorted);
            Place(ref Counter(ref counter, ref Unsafe.Add(ref located, 2), 2), n + 2, ref x, ref order, ref sorted);
            Place(ref Counter(ref counter, ref Unsafe.Add(ref located, 3), 3), n + 3, ref x, ref order, ref sorted);
        }

        for (; n < rows; n++)
            Place(ref Counter(ref counter, ref Unsafe.Add(ref cell, n), n & 3), n, ref x, ref order, ref sorted);
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref int Counter<T>(ref int counters, ref T cell, int which)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ref Unsafe.Add(ref counters, LocalBasisTable<T>.CellOf(ref cell) * CountersPerCell + which);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Place<T>(ref int counter, int row, ref T x, ref int order, ref T sorted)
        where T : unmanaged
    {
        int at = counter++;
        Unsafe.Add(ref order, at) = row;
        Unsafe.Add(ref sorted, at) = Unsafe.Add(ref x, row);
    }

    /// <summary>
    /// Cell by cell, picks its points out of every register; what is written past them the next ones overwrite. Registers without a point of the
    /// cell are not skipped: the processor could not guess which.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int SqueezeSingles(
        ReadOnlySpan<int> first, int rows, ref float cell, ref float x, ref int order, ref float sorted, Span<CellRun> runs)
    {
        int at = 0;
        int count = 0;
        Vector512<int> next = Vector512.Create(Vector512<int>.Count);
        for (int c = 0; c < first.Length && at < rows; c++)
        {
            int start = at;
            Vector512<int> wanted = Vector512.Create(c);
            Vector512<int> row = Vector512<int>.Indices;
            for (int n = 0; n < rows; n += Vector512<int>.Count)
            {
                // Cells past the last point are none's
                Vector512<int> present = Vector512.LoadUnsafe(ref Unsafe.As<float, int>(ref Unsafe.Add(ref cell, n))) & Vector512.Create(0x7FFFFF);
                Vector512<int> mask = Vector512.Equals(present, wanted) & Vector512.LessThan(row, Vector512.Create(rows));
                ulong bits = mask.ExtractMostSignificantBits();
                Avx512F.Compress(Vector512<int>.Zero, mask, row).StoreUnsafe(ref Unsafe.Add(ref order, at));
                Avx512F.Compress(Vector512<float>.Zero, mask.AsSingle(), Vector512.LoadUnsafe(ref Unsafe.Add(ref x, n))).StoreUnsafe(ref Unsafe.Add(ref sorted, at));
                at += BitOperations.PopCount(bits);

                row += next;
            }

            if (at > start)
                runs[count++] = new CellRun(c, first[c], at);
        }

        return count;
    }

    /// <summary>The same for double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int SqueezeDoubles(
        ReadOnlySpan<int> first, int rows, ref double cell, ref double x, ref int order, ref double sorted, Span<CellRun> runs)
    {
        int at = 0;
        int count = 0;
        Vector512<long> next = Vector512.Create((long)Vector512<long>.Count);
        for (int c = 0; c < first.Length && at < rows; c++)
        {
            int start = at;
            Vector512<long> wanted = Vector512.Create((long)c);
            Vector512<long> row = Vector512<long>.Indices;
            for (int n = 0; n < rows; n += Vector512<long>.Count)
            {
                Vector512<long> present = Vector512.LoadUnsafe(ref Unsafe.As<double, long>(ref Unsafe.Add(ref cell, n))) & Vector512.Create((long)int.MaxValue);
                Vector512<long> mask = Vector512.Equals(present, wanted) & Vector512.LessThan(row, Vector512.Create((long)rows));
                ulong bits = mask.ExtractMostSignificantBits();
                Avx512F.ConvertToVector256Int32(Avx512F.Compress(Vector512<long>.Zero, mask, row)).StoreUnsafe(ref Unsafe.Add(ref order, at));
                Avx512F.Compress(Vector512<double>.Zero, mask.AsDouble(), Vector512.LoadUnsafe(ref Unsafe.Add(ref x, n))).StoreUnsafe(ref Unsafe.Add(ref sorted, at));
                at += BitOperations.PopCount(bits);

                row += next;
            }

            if (at > start)
                runs[count++] = new CellRun(c, first[c], at);
        }

        return count;
    }
}
