using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>High derivatives of the bumps: power series of the lines r·(a + t) and c − t with a = x − s and c = e − x, multiplied p times.</summary>
internal sealed partial class ReluBumpBasis<T>
{
    private void HighRow<V>(int feature, int order, int length, ref T points, ref T values, int stride)
        where V : unmanaged, ISimd<V, T>
    {
        for (int j = 0; j < Count; j++)
        {
            int at = (feature * Count) + j;
            V s = V.Broadcast(low[at]), e = V.Broadcast(high[at]), r = V.Broadcast(Height(at));
            for (int n = 0; n < length; n += V.Count)
            {
                V x = V.Load(in points, n), a = x - s, c = e - x;
                V inside = V.LessThan(V.Zero, a) & V.LessThan(V.Zero, c);
                V value = Taylor<V, T>.Derivative(Product(r, a, c, power, order), order);
                V.Store(V.Select(inside, value, V.Select(V.EqualTo(x, x), V.Zero, x)), ref values, (j * (nint)stride) + n);
            }
        }
    }

    private void HighGradientRow<V>(int feature, int order, int length, ref T points, ref T products, int stride, Span<T> gradients)
        where V : unmanaged, ISimd<V, T>
    {
        for (int j = 0; j < Count; j++)
        {
            int at = (feature * Count) + j;
            V s = V.Broadcast(low[at]), e = V.Broadcast(high[at]), r = V.Broadcast(Height(at)), rise = V.Broadcast(Rise(at)), left = V.Zero, right = V.Zero;
            for (int n = 0; n < length; n += V.Count)
            {
                V x = V.Load(in points, n), a = x - s, c = e - x;
                V inside = V.LessThan(V.Zero, a) & V.LessThan(V.Zero, c);
                V g = V.Select(inside, V.Load(ref products, (j * (nint)stride) + n), V.Zero);
                HighAlong(r, rise, a, c, order, out V toLeft, out V toRight);
                left = V.MultiplyAdd(g, V.Select(inside, toLeft, V.Zero), left);
                right = V.MultiplyAdd(g, V.Select(inside, toRight, V.Zero), right);
            }

            gradients[j] += V.Sum(left);
            gradients[Count + j] += V.Sum(right);
        }
    }

    /// <summary>Derivative along both phases: w^(p−1)·p·(r_θ·(a + t)·(c − t) + r·q_θ), where q_θ is −(c − t) along s and a + t along e.</summary>
    private void HighAlong<V>(V r, V rise, V a, V c, int order, out V left, out V right)
        where V : unmanaged, ISimd<V, T>
    {
        V one = SimdMath.Constant<V, T>(1), p = SimdMath.Constant<V, T>(power);
        TaylorSeries<V> lower = Product(r, a, c, power - 1, order), withRight = lower;
        Taylor<V, T>.MultiplyLine(ref lower, c, -one, order);
        Taylor<V, T>.MultiplyLine(ref withRight, a, one, order);
        TaylorSeries<V> both = lower;
        Taylor<V, T>.MultiplyLine(ref both, a, one, order);
        V change = rise * Taylor<V, T>.Derivative(both, order);
        left = p * (change - r * Taylor<V, T>.Derivative(lower, order));
        right = p * (r * Taylor<V, T>.Derivative(withRight, order) - change);
    }

    private static TaylorSeries<V> Product<V>(V r, V a, V c, int factors, int order)
        where V : unmanaged, ISimd<V, T>
    {
        V one = SimdMath.Constant<V, T>(1);
        TaylorSeries<V> product = Taylor<V, T>.Constant(one);
        for (int n = 0; n < factors; n++)
        {
            Taylor<V, T>.MultiplyLine(ref product, r * a, r, order);
            Taylor<V, T>.MultiplyLine(ref product, c, -one, order);
        }

        return product;
    }
}
