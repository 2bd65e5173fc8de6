using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// The functions of <see cref="GramOptions"/>. With q_n = ∂p_n/∂β_m the recurrence differentiates to q_n = x·q_{n−1} − β_n·q_{n−2} − [n = m]·p_{n−2}, and every
/// derivative in x of order d adds d times the lower one of the factor x; high orders go the same way on power series.
/// </summary>
/// <param name="beta">β_2 … β_d, read at every evaluation.</param>
internal sealed class GramBasis<T>(T[] beta) : RowBasis<T>(beta.Length + 2)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override int SharedParameters => beta.Length;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Row<V>(int feature, int order, int length, ref T points, ref T values, int stride)
    {
        if (order > 3)
        {
            HighRow<V>(order, length, ref points, ref values, stride);
            return;
        }

        for (int n = 0; n < length; n += V.Count)
        {
            V x = V.Load(in points, n);
            V one = SimdMath.Constant<V, T>(1);
            V before0 = one, before1 = V.Zero, before2 = V.Zero, before3 = V.Zero;
            V p0 = x, p1 = one, p2 = V.Zero, p3 = V.Zero;
            ref T target = ref Unsafe.Add(ref values, n);
            V.Store(order == 0 ? one : V.Zero, ref target, 0);
            V.Store(order == 0 ? p0 : order == 1 ? p1 : V.Zero, ref target, stride);
            nint at = 2 * (nint)stride;
            foreach (T coefficient in beta)
            {
                V c = -V.Broadcast(coefficient);
                if (order > 2)
                    (before3, p3) = (p3, V.MultiplyAdd(x, p3, V.MultiplyAdd(SimdMath.Constant<V, T>(3), p2, c * before3)));
                if (order > 1)
                    (before2, p2) = (p2, V.MultiplyAdd(x, p2, V.MultiplyAdd(SimdMath.Constant<V, T>(2), p1, c * before2)));
                if (order > 0)
                    (before1, p1) = (p1, V.MultiplyAdd(x, p1, V.MultiplyAdd(c, before1, p0)));
                (before0, p0) = (p0, V.MultiplyAdd(x, p0, c * before0));
                V.Store(order == 0 ? p0 : order == 1 ? p1 : order == 2 ? p2 : p3, ref target, at);
                at += stride;
            }
        }
    }

    private void HighRow<V>(int order, int length, ref T points, ref T values, int stride)
        where V : unmanaged, ISimd<V, T>
    {
        for (int n = 0; n < length; n += V.Count)
        {
            V x = V.Load(in points, n);
            TaylorSeries<V> before = Taylor<V, T>.Constant(SimdMath.Constant<V, T>(1)), p = Line(x);
            ref T target = ref Unsafe.Add(ref values, n);
            V.Store(V.Zero, ref target, 0);
            V.Store(V.Zero, ref target, stride);
            for (int index = 0; index < beta.Length; index++)
            {
                Step(x, V.Broadcast(beta[index]), ref before, ref p, order);
                V.Store(Taylor<V, T>.Derivative(p, order), ref target, (index + 2) * (nint)stride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void GradientRow<V>(int feature, int order, int length, ref T points, ref T products, int stride, Span<T> gradients)
    {
        for (int m = 0; m < beta.Length; m++)
        {
            V sum = V.Zero;
            for (int n = 0; n < length; n += V.Count)
            {
                V x = V.Load(in points, n);
                ref T g = ref Unsafe.Add(ref products, n);
                sum += order < 2 ? Along(x, m, order, ref g, stride) : HighAlong(x, m, order, ref g, stride);
            }

            gradients[m] += V.Sum(sum);
        }
    }

    /// <summary>Σ_n g_n·∂p_n⁽ᵈ⁾/∂β_{m+2}.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Along<V>(V x, int m, int order, ref T g, int stride)
        where V : unmanaged, ISimd<V, T>
    {
        V before0 = SimdMath.Constant<V, T>(1), before1 = V.Zero, p0 = x, p1 = SimdMath.Constant<V, T>(1);
        V beforeQ0 = V.Zero, beforeQ1 = V.Zero, q0 = V.Zero, q1 = V.Zero, sum = V.Zero;
        for (int index = 0; index < beta.Length; index++)
        {
            V c = -V.Broadcast(beta[index]);
            V nextQ1 = V.MultiplyAdd(x, q1, V.MultiplyAdd(c, beforeQ1, q0)), nextQ0 = V.MultiplyAdd(x, q0, c * beforeQ0);
            if (index == m)
                (nextQ1, nextQ0) = (nextQ1 - before1, nextQ0 - before0);
            (beforeQ1, q1, beforeQ0, q0) = (q1, nextQ1, q0, nextQ0);
            V next1 = V.MultiplyAdd(x, p1, V.MultiplyAdd(c, before1, p0)), next0 = V.MultiplyAdd(x, p0, c * before0);
            (before1, p1, before0, p0) = (p1, next1, p0, next0);
            sum = V.MultiplyAdd(V.Load(ref g, (nint)(index + 2) * stride), order == 0 ? q0 : q1, sum);
        }

        return sum;
    }

    /// <summary>The same for any order.</summary>
    private V HighAlong<V>(V x, int m, int order, ref T g, int stride)
        where V : unmanaged, ISimd<V, T>
    {
        TaylorSeries<V> before = Taylor<V, T>.Constant(SimdMath.Constant<V, T>(1)), p = Line(x), beforeQ = default, q = default;
        V sum = V.Zero;
        for (int index = 0; index < beta.Length; index++)
        {
            V coefficient = V.Broadcast(beta[index]);
            Step(x, coefficient, ref beforeQ, ref q, order);
            if (index == m)
                Taylor<V, T>.AddScaled(ref q, SimdMath.Constant<V, T>(-1), before, order);
            Step(x, coefficient, ref before, ref p, order);
            sum = V.MultiplyAdd(V.Load(ref g, (nint)(index + 2) * stride), Taylor<V, T>.Derivative(q, order), sum);
        }

        return sum;
    }

    /// <summary>x + t.</summary>
    private static TaylorSeries<V> Line<V>(V x)
        where V : unmanaged, ISimd<V, T>
    {
        TaylorSeries<V> line = Taylor<V, T>.Constant(x);
        line[1] = SimdMath.Constant<V, T>(1);
        return line;
    }

    /// <summary>(before, p) ← (p, (x + t)·p − β·before).</summary>
    private static void Step<V>(V x, V coefficient, ref TaylorSeries<V> before, ref TaylorSeries<V> p, int order)
        where V : unmanaged, ISimd<V, T>
    {
        TaylorSeries<V> next = p;
        Taylor<V, T>.MultiplyLine(ref next, x, SimdMath.Constant<V, T>(1), order);
        Taylor<V, T>.AddScaled(ref next, -coefficient, before, order);
        (before, p) = (p, next);
    }
}
