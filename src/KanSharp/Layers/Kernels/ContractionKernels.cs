using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// The inner loops of a layer with a local basis, for one block of points and one tile of outputs. Each point has the index of its first
/// non-zero function and k+1 values; a tile's outputs stay in registers.
/// </summary>
/// <typeparam name="V">Register.</typeparam>
/// <typeparam name="TTile">Registers per tile, 1 to 4.</typeparam>
/// <typeparam name="TDegree">Degree k if it is 1 to 5, else <see cref="AnyNumber"/>.</typeparam>
/// <typeparam name="T">Scalar.</typeparam>
internal static class ContractionKernels<V, TTile, TDegree, T>
    where V : unmanaged, ISimd<V, T>
    where TTile : struct, IConstant
    where TDegree : struct, IConstant
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>outputs[n, :] += Σ_f ( Σ_r value[n, f, r]·W[f, first + r, :] + base[n, f]·W[f, last, :] ).</summary>
    /// <param name="block">The block of points.</param>
    /// <param name="weights">The tile's weights at the block's first feature.</param>
    /// <param name="outputs">[rows, tile width].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(in ContractionBlock<T> block, ref T weights, ref T outputs)
    {
        int w = V.Count;
        int tile = TTile.Value * w;
        int stride = block.Stride;
        int degree = TDegree.Value <= 5 ? TDegree.Value : block.Degree;
        int rowsPerFeature = block.RowsPerFeature;
        ref int first = ref block.First;
        ref T values = ref block.Values;
        ref T bases = ref block.Bases;
        for (int n = 0; n < block.Rows; n++)
        {
            ref T y = ref Unsafe.Add(ref outputs, n * tile);
            V a0 = V.Load(ref y, 0);
            V a1 = TTile.Value > 1 ? V.Load(ref y, w) : default;
            V a2 = TTile.Value > 2 ? V.Load(ref y, 2 * w) : default;
            V a3 = TTile.Value > 3 ? V.Load(ref y, 3 * w) : default;
            V b0 = V.Zero;
            V b1 = V.Zero;
            V b2 = V.Zero;
            V b3 = V.Zero;
            for (int f = 0; f < block.Features; f++)
            {
                ref T row = ref Unsafe.Add(ref weights, (nint)(f * rowsPerFeature + first) * tile);
                AddPoint(ref values, ref row, tile, degree, ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3);
                if (block.HasBase)
                {
                    ref T last = ref Unsafe.Add(ref weights, (nint)(f * rowsPerFeature + rowsPerFeature - 1) * tile);
                    Add(bases, ref last, ref a0, ref a1, ref a2, ref a3);
                    bases = ref Unsafe.Add(ref bases, 1);
                }

                first = ref Unsafe.Add(ref first, 1);
                values = ref Unsafe.Add(ref values, stride);
            }

            V.Store(a0 + b0, ref y, 0);
            if (TTile.Value > 1)
                V.Store(a1 + b1, ref y, w);
            if (TTile.Value > 2)
                V.Store(a2 + b2, ref y, 2 * w);
            if (TTile.Value > 3)
                V.Store(a3 + b3, ref y, 3 * w);
        }
    }

    /// <summary>inputGradient[n, f] += ⟨ Σ_r value[n, f, r]·W[f, first + r, :] + base[n, f]·W[f, last, :], g[n, :] ⟩.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputGradient(in ContractionBlock<T> block, ref T weights, ref T g, ref T inputGradient)
    {
        int w = V.Count;
        int tile = TTile.Value * w;
        int stride = block.Stride;
        int degree = TDegree.Value <= 5 ? TDegree.Value : block.Degree;
        int rowsPerFeature = block.RowsPerFeature;
        ref int first = ref block.First;
        ref T values = ref block.Values;
        ref T bases = ref block.Bases;
        ref T target = ref inputGradient;
        for (int n = 0; n < block.Rows; n++)
        {
            ref T source = ref Unsafe.Add(ref g, n * tile);
            V g0 = V.Load(ref source, 0);
            V g1 = TTile.Value > 1 ? V.Load(ref source, w) : default;
            V g2 = TTile.Value > 2 ? V.Load(ref source, 2 * w) : default;
            V g3 = TTile.Value > 3 ? V.Load(ref source, 3 * w) : default;
            for (int f = 0; f < block.Features; f++)
            {
                V a0 = V.Zero;
                V a1 = V.Zero;
                V a2 = V.Zero;
                V a3 = V.Zero;
                ref T row = ref Unsafe.Add(ref weights, (nint)(f * rowsPerFeature + first) * tile);
                AddPoint(ref values, ref row, tile, degree, ref a0, ref a1, ref a2, ref a3, ref a0, ref a1, ref a2, ref a3);
                if (block.HasBase)
                {
                    ref T last = ref Unsafe.Add(ref weights, (nint)(f * rowsPerFeature + rowsPerFeature - 1) * tile);
                    Add(bases, ref last, ref a0, ref a1, ref a2, ref a3);
                    bases = ref Unsafe.Add(ref bases, 1);
                }

                V sum = a0 * g0;
                if (TTile.Value > 1)
                    sum = V.MultiplyAdd(a1, g1, sum);
                if (TTile.Value > 2)
                    sum = V.MultiplyAdd(a2, g2, sum);
                if (TTile.Value > 3)
                    sum = V.MultiplyAdd(a3, g3, sum);
                target += V.Sum(sum);
                target = ref Unsafe.Add(ref target, 1);
                first = ref Unsafe.Add(ref first, 1);
                values = ref Unsafe.Add(ref values, stride);
            }
        }
    }

    /// <summary>
    /// Adds Σ_r value[r]·W[r, :] of one point, even r to a and odd r to b: two chains of sums keep the multipliers busy where one would wait
    /// for its own result.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPoint(
        ref T values, ref T row, int tile, int degree, ref V a0, ref V a1, ref V a2, ref V a3, ref V b0, ref V b1, ref V b2, ref V b3)
    {
        Add(values, ref row, ref a0, ref a1, ref a2, ref a3);
        Add(Unsafe.Add(ref values, 1), ref Unsafe.Add(ref row, tile), ref b0, ref b1, ref b2, ref b3);
        if (TDegree.Value >= 2)
            Add(Unsafe.Add(ref values, 2), ref Unsafe.Add(ref row, 2 * tile), ref a0, ref a1, ref a2, ref a3);
        if (TDegree.Value >= 3)
            Add(Unsafe.Add(ref values, 3), ref Unsafe.Add(ref row, 3 * tile), ref b0, ref b1, ref b2, ref b3);
        if (TDegree.Value >= 4)
            Add(Unsafe.Add(ref values, 4), ref Unsafe.Add(ref row, 4 * tile), ref a0, ref a1, ref a2, ref a3);
        if (TDegree.Value >= 5)
            Add(Unsafe.Add(ref values, 5), ref Unsafe.Add(ref row, 5 * tile), ref b0, ref b1, ref b2, ref b3);
        if (TDegree.Value > 5)
        {
            int r = 6;
            for (; r < degree; r += 2)
            {
                Add(Unsafe.Add(ref values, r), ref Unsafe.Add(ref row, r * tile), ref a0, ref a1, ref a2, ref a3);
                Add(Unsafe.Add(ref values, r + 1), ref Unsafe.Add(ref row, (r + 1) * tile), ref b0, ref b1, ref b2, ref b3);
            }

            if (r == degree)
                Add(Unsafe.Add(ref values, r), ref Unsafe.Add(ref row, r * tile), ref a0, ref a1, ref a2, ref a3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(T value, ref T row, ref V a0, ref V a1, ref V a2, ref V a3)
    {
        V factor = V.Broadcast(value);
        a0 = V.MultiplyAdd(factor, V.Load(ref row, 0), a0);
        if (TTile.Value > 1)
            a1 = V.MultiplyAdd(factor, V.Load(ref row, V.Count), a1);
        if (TTile.Value > 2)
            a2 = V.MultiplyAdd(factor, V.Load(ref row, 2 * V.Count), a2);
        if (TTile.Value > 3)
            a3 = V.MultiplyAdd(factor, V.Load(ref row, 3 * V.Count), a3);
    }
}
