using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// The gradient of one tile's weights for one block of points. The rows of a feature come sorted by cell, so that a weight row is loaded
/// once, summed in registers over all points of the cell, and stored once.
/// </summary>
/// <typeparam name="V">Register.</typeparam>
/// <typeparam name="TTile">Registers per tile, 1 to 4.</typeparam>
/// <typeparam name="T">Scalar.</typeparam>
internal static class WeightGradientKernel<V, TTile, T>
    where V : unmanaged, ISimd<V, T>
    where TTile : struct, IConstant
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>weightGradient[f, first + r, :] += Σ_n value[n, f, r]·g[n, :], and likewise the base row; the order of n is fixed.</summary>
    /// <param name="block">The block of points, with their order.</param>
    /// <param name="weightGradient">The tile's gradient at the block's first feature.</param>
    /// <param name="g">[rows, tile width].</param>
    public static void Run(in ContractionBlock<T> block, ref T weightGradient, ref T g)
    {
        int tile = TTile.Value * V.Count;
        int stride = block.Stride;
        for (int f = 0; f < block.Features; f++)
        {
            ref T feature = ref Unsafe.Add(ref weightGradient, (nint)(f * block.RowsPerFeature) * tile);
            ref int order = ref Unsafe.Add(ref block.Order, f * block.Rows);
            ref T values = ref Unsafe.Add(ref block.Values, f * stride);
            for (int start = 0; start < block.Rows;)
            {
                int cell = Unsafe.Add(ref block.First, Unsafe.Add(ref order, start) * block.Features + f);
                int end = start + 1;
                while (end < block.Rows && Unsafe.Add(ref block.First, Unsafe.Add(ref order, end) * block.Features + f) == cell)
                    end++;
                ref T row = ref Unsafe.Add(ref feature, (nint)cell * tile);
                int r = 0;
                for (; r < block.Degree; r += 2)
                    AddTwo(ref Unsafe.Add(ref values, r), stride * block.Features, ref order, start, end, ref g, ref Unsafe.Add(ref row, r * tile));
                if (r == block.Degree)
                    AddOne(ref Unsafe.Add(ref values, r), stride * block.Features, ref order, start, end, ref g, ref Unsafe.Add(ref row, r * tile));
                start = end;
            }

            if (block.HasBase)
                AddOne(ref Unsafe.Add(ref block.Bases, f), block.Features, ref order, 0, block.Rows, ref g, ref Unsafe.Add(ref feature, (block.RowsPerFeature - 1) * tile));
        }
    }

    /// <summary>Two neighbouring weight rows over the points of a run: eight sums at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTwo(ref T values, int valueStep, ref int order, int start, int end, ref T g, ref T row)
    {
        int w = V.Count;
        int tile = TTile.Value * w;
        V a0 = V.Load(ref row, 0);
        V a1 = TTile.Value > 1 ? V.Load(ref row, w) : default;
        V a2 = TTile.Value > 2 ? V.Load(ref row, 2 * w) : default;
        V a3 = TTile.Value > 3 ? V.Load(ref row, 3 * w) : default;
        ref T next = ref Unsafe.Add(ref row, tile);
        V b0 = V.Load(ref next, 0);
        V b1 = TTile.Value > 1 ? V.Load(ref next, w) : default;
        V b2 = TTile.Value > 2 ? V.Load(ref next, 2 * w) : default;
        V b3 = TTile.Value > 3 ? V.Load(ref next, 3 * w) : default;
        for (int index = start; index < end; index++)
        {
            int n = Unsafe.Add(ref order, index);
            ref T source = ref Unsafe.Add(ref g, n * tile);
            ref T value = ref Unsafe.Add(ref values, n * valueStep);
            V x = V.Broadcast(value);
            V y = V.Broadcast(Unsafe.Add(ref value, 1));
            V part = V.Load(ref source, 0);
            a0 = V.MultiplyAdd(x, part, a0);
            b0 = V.MultiplyAdd(y, part, b0);
            if (TTile.Value > 1)
            {
                part = V.Load(ref source, w);
                a1 = V.MultiplyAdd(x, part, a1);
                b1 = V.MultiplyAdd(y, part, b1);
            }

            if (TTile.Value > 2)
            {
                part = V.Load(ref source, 2 * w);
                a2 = V.MultiplyAdd(x, part, a2);
                b2 = V.MultiplyAdd(y, part, b2);
            }

            if (TTile.Value > 3)
            {
                part = V.Load(ref source, 3 * w);
                a3 = V.MultiplyAdd(x, part, a3);
                b3 = V.MultiplyAdd(y, part, b3);
            }
        }

        Store(ref row, a0, a1, a2, a3);
        Store(ref next, b0, b1, b2, b3);
    }

    /// <summary>One weight row over the points of a run; points alternate between two sets of sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOne(ref T values, int valueStep, ref int order, int start, int end, ref T g, ref T row)
    {
        int w = V.Count;
        int tile = TTile.Value * w;
        V a0 = V.Load(ref row, 0);
        V a1 = TTile.Value > 1 ? V.Load(ref row, w) : default;
        V a2 = TTile.Value > 2 ? V.Load(ref row, 2 * w) : default;
        V a3 = TTile.Value > 3 ? V.Load(ref row, 3 * w) : default;
        V b0 = V.Zero;
        V b1 = V.Zero;
        V b2 = V.Zero;
        V b3 = V.Zero;
        int index = start;
        for (; index + 1 < end; index += 2)
        {
            int n = Unsafe.Add(ref order, index);
            Add(Unsafe.Add(ref values, n * valueStep), ref Unsafe.Add(ref g, n * tile), ref a0, ref a1, ref a2, ref a3);
            n = Unsafe.Add(ref order, index + 1);
            Add(Unsafe.Add(ref values, n * valueStep), ref Unsafe.Add(ref g, n * tile), ref b0, ref b1, ref b2, ref b3);
        }

        if (index < end)
        {
            int n = Unsafe.Add(ref order, index);
            Add(Unsafe.Add(ref values, n * valueStep), ref Unsafe.Add(ref g, n * tile), ref a0, ref a1, ref a2, ref a3);
        }

        Store(ref row, a0 + b0, a1 + b1, a2 + b2, a3 + b3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(T value, ref T source, ref V a0, ref V a1, ref V a2, ref V a3)
    {
        V factor = V.Broadcast(value);
        a0 = V.MultiplyAdd(factor, V.Load(ref source, 0), a0);
        if (TTile.Value > 1)
            a1 = V.MultiplyAdd(factor, V.Load(ref source, V.Count), a1);
        if (TTile.Value > 2)
            a2 = V.MultiplyAdd(factor, V.Load(ref source, 2 * V.Count), a2);
        if (TTile.Value > 3)
            a3 = V.MultiplyAdd(factor, V.Load(ref source, 3 * V.Count), a3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref T row, V a0, V a1, V a2, V a3)
    {
        V.Store(a0, ref row, 0);
        if (TTile.Value > 1)
            V.Store(a1, ref row, V.Count);
        if (TTile.Value > 2)
            V.Store(a2, ref row, 2 * V.Count);
        if (TTile.Value > 3)
            V.Store(a3, ref row, 3 * V.Count);
    }
}
