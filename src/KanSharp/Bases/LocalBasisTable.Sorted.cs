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

    /// <summary>The cell that <see cref="Locate(int, ref T, int, ref T, SimdWidth)"/> has written: a number as <see cref="LaneIndex"/> has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CellOf(ref T located) => LaneIndex.Read(in located);

    /// <summary>Index of the first non-zero function of every cell of a feature.</summary>
    public ReadOnlySpan<int> First(int feature) => _first.AsSpan(feature * (Cells + 2), Cells + 2);

    /// <summary>Evaluates the functions of a feature at its points sorted by cell, function by function.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="pieces"><see cref="Pieces"/> of the wanted derivative.</param>
    /// <param name="runs">Cells with points, in ascending order.</param>
    /// <param name="x">Sorted points; readable up to the next whole register.</param>
    /// <param name="values">Receives [k+1 functions][<paramref name="stride"/>]; written up to a whole register past the last point.</param>
    /// <param name="stride">Elements between two functions.</param>
    public void EvaluateSorted<V>(int feature, T[] pieces, ReadOnlySpan<CellRun> runs, ref T x, ref T values, int stride)
        where V : unmanaged, ISimd<V, T>
    {
        switch (Degree)
        {
            case 1: EvaluateRuns<V, One>(feature, pieces, runs, ref x, ref values, stride); break;
            case 2: EvaluateRuns<V, Two>(feature, pieces, runs, ref x, ref values, stride); break;
            case 3: EvaluateRuns<V, Three>(feature, pieces, runs, ref x, ref values, stride); break;
            case 4: EvaluateRuns<V, Four>(feature, pieces, runs, ref x, ref values, stride); break;
            case 5: EvaluateRuns<V, Five>(feature, pieces, runs, ref x, ref values, stride); break;
            default: EvaluateRuns<V, AnyNumber>(feature, pieces, runs, ref x, ref values, stride); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EvaluateRuns<V, TDegree>(int feature, T[] pieces, ReadOnlySpan<CellRun> runs, ref T x, ref T values, int stride)
        where V : unmanaged, ISimd<V, T>
        where TDegree : struct, IConstant
    {
        int degree = TDegree.Value <= 5 ? TDegree.Value : Degree;
        int step = StrideOf(degree);
        int firstEntry = feature * (Cells + 2);
        ref T origins = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_origins), firstEntry);
        ref T scales = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_inverseWidths), firstEntry);
        ref T allPieces = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(pieces), (nint)firstEntry * ((degree + 1) * step));
        int start = 0;
        foreach (CellRun run in runs)
        {
            V origin = V.Broadcast(Unsafe.Add(ref origins, run.Cell));
            V scale = V.Broadcast(Unsafe.Add(ref scales, run.Cell));
            bool isConstant = _zeroOutside && (run.Cell == 0 || run.Cell == Cells + 1);
            ref T piece = ref Unsafe.Add(ref allPieces, (nint)run.Cell * ((degree + 1) * step));
            for (int i = start; i < run.End; i += V.Count)
            {
                V position = V.Load(ref x, i);
                V u = (position - origin) * scale;
                if (isConstant)
                    u = V.Select(V.EqualTo(position, position), V.Zero, position);
                ref T target = ref Unsafe.Add(ref values, i);
                V.Store(Polynomial<V, TDegree>(ref piece, degree, step, u), ref target, 0);
                V.Store(Polynomial<V, TDegree>(ref Unsafe.Add(ref piece, 1), degree, step, u), ref target, stride);
                if (TDegree.Value > 1)
                    V.Store(Polynomial<V, TDegree>(ref Unsafe.Add(ref piece, 2), degree, step, u), ref target, 2 * (nint)stride);
                if (TDegree.Value > 2)
                    V.Store(Polynomial<V, TDegree>(ref Unsafe.Add(ref piece, 3), degree, step, u), ref target, 3 * (nint)stride);
                if (TDegree.Value > 3)
                    V.Store(Polynomial<V, TDegree>(ref Unsafe.Add(ref piece, 4), degree, step, u), ref target, 4 * (nint)stride);
                if (TDegree.Value > 4)
                    V.Store(Polynomial<V, TDegree>(ref Unsafe.Add(ref piece, 5), degree, step, u), ref target, 5 * (nint)stride);
                if (TDegree.Value > 5)
                {
                    for (int r = 6; r <= degree; r++)
                        V.Store(Polynomial<V, TDegree>(ref Unsafe.Add(ref piece, r), degree, step, u), ref target, r * (nint)stride);
                }
            }

            start = run.End;
        }
    }

    /// <summary>Horner's rule with coefficients <paramref name="step"/> elements apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Polynomial<V, TDegree>(ref T coefficients, int degree, int step, V u)
        where V : unmanaged, ISimd<V, T>
        where TDegree : struct, IConstant
    {
        V sum = V.Broadcast(Unsafe.Add(ref coefficients, degree * step));
        if (TDegree.Value > 5)
        {
            for (int p = degree - 1; p >= 5; p--)
                sum = V.MultiplyAdd(sum, u, V.Broadcast(Unsafe.Add(ref coefficients, p * step)));
        }

        if (TDegree.Value > 4)
            sum = V.MultiplyAdd(sum, u, V.Broadcast(Unsafe.Add(ref coefficients, 4 * step)));
        if (TDegree.Value > 3)
            sum = V.MultiplyAdd(sum, u, V.Broadcast(Unsafe.Add(ref coefficients, 3 * step)));
        if (TDegree.Value > 2)
            sum = V.MultiplyAdd(sum, u, V.Broadcast(Unsafe.Add(ref coefficients, 2 * step)));
        if (TDegree.Value > 1)
            sum = V.MultiplyAdd(sum, u, V.Broadcast(Unsafe.Add(ref coefficients, step)));
        return V.MultiplyAdd(sum, u, V.Broadcast(coefficients));
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
        V shift = V.Broadcast(LaneIndex.Of<T>(0));
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
        V shift = V.Broadcast(LaneIndex.Of<T>(0));
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
            int cell = CellOf(ref located);
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
