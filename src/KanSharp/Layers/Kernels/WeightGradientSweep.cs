using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// sums[first + r, :] += value_r[n]·g[n, :] and sums[base, :] += base[n]·g[n, :] for the sorted points of one feature and one tile. The sums of the
/// rows that are active in a cell stay in registers while its points stream past; a row is added to memory when the window leaves it.
/// </summary>
/// <typeparam name="V">Register.</typeparam>
/// <typeparam name="TTile">Registers per row, 1 to 4.</typeparam>
/// <typeparam name="TRows">Rows of the window, 2 to 6.</typeparam>
/// <typeparam name="TBase">1 with a base row, 0 without.</typeparam>
/// <typeparam name="T">Scalar.</typeparam>
internal static class WeightGradientSweep<V, TTile, TRows, TBase, T>
    where V : unmanaged, ISimd<V, T>
    where TTile : struct, IConstant
    where TRows : struct, IConstant
    where TBase : struct, IConstant
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="points">The sorted points; their order is the order of the sums.</param>
    /// <param name="sums">The feature's rows, padded to whole registers: <see cref="SweepWeights{T}.Rows"/> and <see cref="SweepWeights{T}.Base"/>.</param>
    /// <param name="g">Gradient of the outputs, [rows, tile width].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in SweepPoints<T> points, in SweepWeights<T> sums, ref T g)
    {
        Strip<V, TTile, T> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, sb = default;
        if (TBase.Value > 0)
            sb = Strip<V, TTile, T>.Load(ref sums.Base);
        ref int order = ref points.Order;
        ref T v0 = ref points.Values;
        ref T v1 = ref Unsafe.Add(ref v0, points.Stride);
        ref T v2 = ref Unsafe.Add(ref v0, 2 * points.Stride);
        ref T v3 = ref Unsafe.Add(ref v0, 3 * points.Stride);
        ref T v4 = ref Unsafe.Add(ref v0, 4 * points.Stride);
        ref T v5 = ref Unsafe.Add(ref v0, 5 * points.Stride);
        ref T bases = ref points.Bases;
        int window = points.Runs.First;
        nint i = 0;
        for (int run = 0; run <= points.RunCount; run++)
        {
            bool drains = run == points.RunCount;
            CellRun cell = drains ? default : Unsafe.Add(ref points.Runs, run);
            int leaving = drains ? TRows.Value : Math.Min(cell.First - window, TRows.Value);
            for (int row = window; row < window + leaving; row++)
            {
                ref T target = ref Unsafe.Add(ref sums.Rows, row * sums.RowStride);
                s0.AddTo(ref target);
                Strip<V, TTile, T>.Slide<TRows>(ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, default);
            }

            window = cell.First;
            for (; i < cell.End; i++)
            {
                Strip<V, TTile, T> part = Strip<V, TTile, T>.Load(ref Unsafe.Add(ref g, (nint)Unsafe.Add(ref order, i) * (TTile.Value * V.Count)));
                s0.Add(V.Broadcast(Unsafe.Add(ref v0, i)), part);
                s1.Add(V.Broadcast(Unsafe.Add(ref v1, i)), part);
                if (TRows.Value > 2)
                    s2.Add(V.Broadcast(Unsafe.Add(ref v2, i)), part);
                if (TRows.Value > 3)
                    s3.Add(V.Broadcast(Unsafe.Add(ref v3, i)), part);
                if (TRows.Value > 4)
                    s4.Add(V.Broadcast(Unsafe.Add(ref v4, i)), part);
                if (TRows.Value > 5)
                    s5.Add(V.Broadcast(Unsafe.Add(ref v5, i)), part);
                if (TBase.Value > 0)
                    sb.Add(V.Broadcast(Unsafe.Add(ref bases, i)), part);
            }
        }

        if (TBase.Value > 0)
            sb.Store(ref sums.Base);
    }
}
