using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>Evaluation of blocks of points: find the cell, then Horner's rule for k+1 functions side by side in a register.</summary>
internal sealed partial class LocalBasisTable<T>
{
    /// <summary>
    /// Evaluates a block of points: rows × features values of x give for each the first basis index and <see cref="Stride"/> values of the
    /// derivative of the given order.
    /// </summary>
    /// <param name="x">Points [rows, features of the block], contiguous.</param>
    /// <param name="featureStart">Feature of the first column.</param>
    /// <param name="featureCount">Columns of the block.</param>
    /// <param name="order">Order of the derivative, 0 for the value.</param>
    /// <param name="first">Receives the index of the first function, one per point.</param>
    /// <param name="values">Receives the values, <see cref="Stride"/> per point.</param>
    /// <param name="width">SIMD width.</param>
    public void Evaluate(ReadOnlySpan<T> x, int featureStart, int featureCount, int order, Span<int> first, Span<T> values, SimdWidth width)
    {
        if (x.Length % featureCount != 0 || featureStart + featureCount > Features || first.Length < x.Length || values.Length < x.Length * Stride)
            throw new ArgumentException($"A block of {x.Length} points in {featureCount} columns does not fit its targets of {first.Length} and {values.Length}.", nameof(x));
        T[] pieces = Pieces(order);
        switch (Math.Min((int)width, Stride * Unsafe.SizeOf<T>() * 8))
        {
            case 512: WithDegree<Simd512<T>>(x, featureStart, featureCount, pieces, first, values); break;
            case 256: WithDegree<Simd256<T>>(x, featureStart, featureCount, pieces, first, values); break;
            case 128: WithDegree<Simd128<T>>(x, featureStart, featureCount, pieces, first, values); break;
            default: WithDegree<SimdScalar<T>>(x, featureStart, featureCount, pieces, first, values); break;
        }
    }

    private void WithDegree<V>(ReadOnlySpan<T> x, int featureStart, int featureCount, T[] pieces, Span<int> first, Span<T> values)
        where V : unmanaged, ISimd<V, T>
    {
        switch (Degree)
        {
            case 1: Evaluate<V, One>(x, featureStart, featureCount, pieces, first, values); break;
            case 2: Evaluate<V, Two>(x, featureStart, featureCount, pieces, first, values); break;
            case 3: Evaluate<V, Three>(x, featureStart, featureCount, pieces, first, values); break;
            case 4: Evaluate<V, Four>(x, featureStart, featureCount, pieces, first, values); break;
            case 5: Evaluate<V, Five>(x, featureStart, featureCount, pieces, first, values); break;
            default: Evaluate<V, AnyNumber>(x, featureStart, featureCount, pieces, first, values); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Evaluate<V, TDegree>(ReadOnlySpan<T> x, int featureStart, int featureCount, T[] allPieces, Span<int> first, Span<T> values)
        where V : unmanaged, ISimd<V, T>
        where TDegree : struct, IConstant
    {
        int degree = TDegree.Value <= 5 ? TDegree.Value : Degree;
        int stride = StrideOf(degree);
        int cells = Cells;
        ref T allBreakpoints = ref MemoryMarshal.GetArrayDataReference(_breakpoints);
        ref T origins = ref MemoryMarshal.GetArrayDataReference(_origins);
        ref T inverseWidths = ref MemoryMarshal.GetArrayDataReference(_inverseWidths);
        ref int firsts = ref MemoryMarshal.GetArrayDataReference(_first);
        ref T scales = ref MemoryMarshal.GetArrayDataReference(_scales);
        ref T source = ref MemoryMarshal.GetReference(x);
        ref T target = ref MemoryMarshal.GetReference(values);
        ref int firstTarget = ref MemoryMarshal.GetReference(first);
        for (int point = 0; point < x.Length;)
        {
            for (int feature = featureStart; feature < featureStart + featureCount; feature++, point++)
            {
                T position = Unsafe.Add(ref source, point);
                ref T breakpoints = ref Unsafe.Add(ref allBreakpoints, feature * (cells + 1));
                bool right = position >= Unsafe.Add(ref breakpoints, cells);
                bool inside = position >= breakpoints && !right;
                int cell = inside ? LocateInside(ref breakpoints, Unsafe.Add(ref scales, feature), position) : right ? cells + 1 : 0;
                int entry = feature * (cells + 2) + cell;
                T u = (position - Unsafe.Add(ref origins, entry)) * Unsafe.Add(ref inverseWidths, entry);
                if (!inside && _zeroOutside)
                    u = T.IsNaN(position) ? position : T.Zero;
                Unsafe.Add(ref firstTarget, point) = Unsafe.Add(ref firsts, entry);
                ref T pieces = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(allPieces), (nint)entry * ((degree + 1) * stride));
                V factor = V.Broadcast(u);
                for (int r = 0; r < stride; r += V.Count)
                    V.Store(Horner<V, TDegree>(ref Unsafe.Add(ref pieces, r), degree, stride, factor), ref target, point * stride + r);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Horner<V, TDegree>(ref T pieces, int degree, int stride, V u)
        where V : unmanaged, ISimd<V, T>
        where TDegree : struct, IConstant
    {
        V sum = V.Load(ref pieces, degree * stride);
        if (TDegree.Value > 5)
        {
            for (int p = degree - 1; p >= 5; p--)
                sum = V.MultiplyAdd(sum, u, V.Load(ref pieces, p * stride));
        }

        if (TDegree.Value > 4)
            sum = V.MultiplyAdd(sum, u, V.Load(ref pieces, 4 * stride));
        if (TDegree.Value > 3)
            sum = V.MultiplyAdd(sum, u, V.Load(ref pieces, 3 * stride));
        if (TDegree.Value > 2)
            sum = V.MultiplyAdd(sum, u, V.Load(ref pieces, 2 * stride));
        if (TDegree.Value > 1)
            sum = V.MultiplyAdd(sum, u, V.Load(ref pieces, stride));
        return V.MultiplyAdd(sum, u, V.Load(ref pieces, 0));
    }
}
