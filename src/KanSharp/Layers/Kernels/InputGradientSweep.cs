using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// sums[n] += ⟨Σ_r value_r[n]·W[first + r, :] + base[n]·W[base, :], g[n, :]⟩ for the sorted points n of one feature and one tile. With values of the
/// derivative this is the gradient of the inputs. The rows that are active in a cell stay in registers.
/// </summary>
/// <typeparam name="V">Register.</typeparam>
/// <typeparam name="TTile">Registers per row, 1 to 4.</typeparam>
/// <typeparam name="TRows">Rows of the window, 2 to 6.</typeparam>
/// <typeparam name="TBase">1 with a base row, 0 without.</typeparam>
/// <typeparam name="T">Scalar.</typeparam>
internal static class InputGradientSweep<V, TTile, TRows, TBase, T>
    where V : unmanaged, ISimd<V, T>
    where TTile : struct, IConstant
    where TRows : struct, IConstant
    where TBase : struct, IConstant
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="points">The sorted points.</param>
    /// <param name="weights">The feature's rows.</param>
    /// <param name="g">Gradient of the outputs, [rows, tile width]; lanes past the outputs are 0.</param>
    /// <param name="sums">One register per point, in sorted order: the lanes are added up after the last tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in SweepPoints<T> points, in SweepWeights<T> weights, ref T g, ref T sums)
    {
        Strip<V, TTile, T> w0 = default, w1 = default, w2 = default, w3 = default, w4 = default, w5 = default, wb = default;
        if (TBase.Value > 0)
        {
            wb = Strip<V, TTile, T>.Load(ref weights.Base);
            Strip<V, TTile, T>.Prefetch(ref weights.Base, weights.EdgesAhead);
        }

        if (!Unsafe.IsNullRef(ref weights.Factors))
            Strip<V, TTile, T>.Prefetch(ref weights.Factors, weights.EdgesAhead);
        ref int order = ref points.Order;
        ref T v0 = ref points.Values;
        ref T v1 = ref Unsafe.Add(ref v0, points.Stride);
        ref T v2 = ref Unsafe.Add(ref v0, 2 * points.Stride);
        ref T v3 = ref Unsafe.Add(ref v0, 3 * points.Stride);
        ref T v4 = ref Unsafe.Add(ref v0, 4 * points.Stride);
        ref T v5 = ref Unsafe.Add(ref v0, 5 * points.Stride);
        ref T bases = ref points.Bases;
        int loaded = 0;
        nint i = 0;
        for (int run = 0; run < points.RunCount; run++)
        {
            CellRun cell = Unsafe.Add(ref points.Runs, run);
            for (int row = Math.Max(loaded, cell.First); row < cell.First + TRows.Value; row++)
            {
                ref T source = ref Unsafe.Add(ref weights.Rows, row * weights.RowStride);
                Strip<V, TTile, T>.Prefetch(ref source, weights.Ahead);
                Strip<V, TTile, T> next = Strip<V, TTile, T>.Load(ref source, ref weights.Mask);
                if (!Unsafe.IsNullRef(ref weights.Factors))
                    next.Multiply(ref weights.Factors);
                Strip<V, TTile, T>.Slide<TRows>(ref w0, ref w1, ref w2, ref w3, ref w4, ref w5, next);
            }

            loaded = cell.First + TRows.Value;
            for (; i < cell.End; i++)
            {
                Strip<V, TTile, T> row = default;
                row.Scale(V.Broadcast(Unsafe.Add(ref v0, i)), w0);
                row.Add(V.Broadcast(Unsafe.Add(ref v1, i)), w1);
                if (TRows.Value > 2)
                    row.Add(V.Broadcast(Unsafe.Add(ref v2, i)), w2);
                if (TRows.Value > 3)
                    row.Add(V.Broadcast(Unsafe.Add(ref v3, i)), w3);
                if (TRows.Value > 4)
                    row.Add(V.Broadcast(Unsafe.Add(ref v4, i)), w4);
                if (TRows.Value > 5)
                    row.Add(V.Broadcast(Unsafe.Add(ref v5, i)), w5);
                if (TBase.Value > 0)
                    row.Add(V.Broadcast(Unsafe.Add(ref bases, i)), wb);
                V sum = V.Load(ref sums, i * V.Count);
                V.Store(row.Dot(ref Unsafe.Add(ref g, (nint)Unsafe.Add(ref order, i) * (TTile.Value * V.Count)), sum), ref sums, i * V.Count);
            }
        }
    }
}
