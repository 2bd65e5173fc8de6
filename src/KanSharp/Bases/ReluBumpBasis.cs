using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// The functions of <see cref="ReluBumpOptions"/> with phases of their own for every feature: R = (r·q)^p, q = (x − s)·(e − x), p = 2m, and 0 outside (s, e). With
/// q′ = e + s − 2x and q″ = −2 the derivatives in x are those of a power, high ones by power series; r = 4/(e − s)² has ∂r/∂s = −∂r/∂e = 2r/(e − s).
/// </summary>
/// <param name="low">s, [features, bumps], read at every evaluation.</param>
/// <param name="high">e, [features, bumps].</param>
/// <param name="count">Bumps of a feature.</param>
/// <param name="power">p = 2m.</param>
/// <param name="height">r where it is a constant; null where it follows the phases.</param>
/// <param name="trains">Whether the phases have gradients.</param>
internal sealed partial class ReluBumpBasis<T>(T[] low, T[] high, int count, int power, double? height, bool trains) : RowBasis<T>(count)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override int FeatureParameters => trains ? 2 * Count : 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Row<V>(int feature, int order, int length, ref T points, ref T values, int stride)
    {
        if (order > 3)
        {
            HighRow<V>(feature, order, length, ref points, ref values, stride);
            return;
        }

        for (int j = 0; j < Count; j++)
        {
            int at = (feature * Count) + j;
            V s = V.Broadcast(low[at]), e = V.Broadcast(high[at]), r = V.Broadcast(Height(at));
            for (int n = 0; n < length; n += V.Count)
            {
                V x = V.Load(in points, n), a = x - s, c = e - x;
                V inside = V.LessThan(V.Zero, a) & V.LessThan(V.Zero, c);
                V value = Derivative(r * a * c, r * (c - a), r * SimdMath.Constant<V, T>(-2), order);
                // NaN is neither inside nor outside
                V.Store(V.Select(inside, value, V.Select(V.EqualTo(x, x), V.Zero, x)), ref values, n);
            }

            values = ref Unsafe.Add(ref values, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void GradientRow<V>(int feature, int order, int length, ref T points, ref T products, int stride, Span<T> gradients)
    {
        if (order > 1)
        {
            HighGradientRow<V>(feature, order, length, ref points, ref products, stride, gradients);
            return;
        }

        for (int j = 0; j < Count; j++)
        {
            int at = (feature * Count) + j;
            V s = V.Broadcast(low[at]), e = V.Broadcast(high[at]), r = V.Broadcast(Height(at)), rs = V.Broadcast(Rise(at)), left = V.Zero, right = V.Zero;
            for (int n = 0; n < length; n += V.Count)
            {
                V x = V.Load(in points, n), a = x - s, c = e - x, q = a * c, slope = c - a;
                V inside = V.LessThan(V.Zero, a) & V.LessThan(V.Zero, c);
                V g = V.Select(inside, V.Load(ref products, n), V.Zero);
                left = V.MultiplyAdd(g, V.Select(inside, Along(r, q, slope, rs, -c, order), V.Zero), left);
                right = V.MultiplyAdd(g, V.Select(inside, Along(r, q, slope, -rs, a, order), V.Zero), right);
            }

            gradients[j] += V.Sum(left);
            gradients[Count + j] += V.Sum(right);
            products = ref Unsafe.Add(ref products, stride);
        }
    }

    private T Height(int at)
    {
        if (height is double constant)
            return T.CreateTruncating(constant);
        T width = high[at] - low[at];
        return T.CreateTruncating(4) / (width * width);
    }

    /// <summary>∂r/∂s.</summary>
    private T Rise(int at) => height is null ? T.CreateTruncating(2) * Height(at) / (high[at] - low[at]) : T.Zero;

    /// <summary>The derivative of w^p, w = r·q, from w, w′ and w″.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Derivative<V>(V w, V first, V second, int order)
        where V : unmanaged, ISimd<V, T>
    {
        V p = SimdMath.Constant<V, T>(power);
        if (order == 0)
            return SimdMath.Power<V, T>(w, power);
        if (order == 1)
            return p * SimdMath.Power<V, T>(w, power - 1) * first;
        V pairs = SimdMath.Constant<V, T>(power * (power - 1));
        if (order == 2)
            return V.MultiplyAdd(pairs * SimdMath.Power<V, T>(w, power - 2), first * first, p * SimdMath.Power<V, T>(w, power - 1) * second);
        V result = SimdMath.Constant<V, T>(3) * pairs * SimdMath.Power<V, T>(w, power - 2) * first * second;
        if (power > 2)
            result = V.MultiplyAdd(SimdMath.Constant<V, T>(power * (power - 1) * (power - 2)) * SimdMath.Power<V, T>(w, power - 3), first * first * first, result);
        return result;
    }

    /// <summary>Derivative of R or R′ along a phase, of which w has the derivative r_θ·q + r·q_θ; that of q′ is 1 for both phases.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Along<V>(V r, V q, V slope, V rise, V along, int order)
        where V : unmanaged, ISimd<V, T>
    {
        V p = SimdMath.Constant<V, T>(power), w = r * q, change = V.MultiplyAdd(rise, q, r * along);
        V lower = p * SimdMath.Power<V, T>(w, power - 1);
        if (order == 0)
            return lower * change;
        V second = SimdMath.Constant<V, T>(power * (power - 1)) * SimdMath.Power<V, T>(w, power - 2);
        return V.MultiplyAdd(second * change, r * slope, lower * V.MultiplyAdd(rise, slope, r));
    }
}
