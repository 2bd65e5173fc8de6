using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// The functions of <see cref="Sech2Options"/>. With t = tanh u and f = 1 − t²: f′ = −2tf, f″ = f·(6t² − 2), f‴ = t·f·(16 − 24t²), f⁗ = f·(16 − 120t² + 120t⁴) and
/// t·f·(−272 + 960t² − 720t⁴); the derivative of order d in x is v^d·f⁽ᵈ⁾(u).
/// </summary>
/// <param name="centres">g, [N], read at every evaluation.</param>
/// <param name="inverseWidth">v, [1].</param>
/// <param name="trainsCentres">Whether the centres have gradients.</param>
/// <param name="trainsWidth">Whether the width has one.</param>
internal sealed class Sech2Basis<T>(T[] centres, T[] inverseWidth, bool trainsCentres, bool trainsWidth) : RowBasis<T>(centres.Length)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override int SharedParameters => (trainsCentres ? centres.Length : 0) + (trainsWidth ? 1 : 0);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Row<V>(int feature, int order, int length, ref T points, ref T values, int stride)
    {
        V v = V.Broadcast(inverseWidth[0]), power = SimdMath.Power<V, T>(v, order);
        foreach (T centre in centres)
        {
            V g = V.Broadcast(centre);
            for (int n = 0; n < length; n += V.Count)
            {
                V t = SimdMath.Tanh<V, T>((V.Load(in points, n) - g) * v);
                V.Store(Function<V>(t, order) * power, ref values, n);
            }

            values = ref Unsafe.Add(ref values, stride);
        }
    }

    /// <summary>∂/∂g of the derivative of order d is −v^(d+1)·f⁽ᵈ⁺¹⁾; ∂/∂v is d·v^(d−1)·f⁽ᵈ⁾ + v^d·f⁽ᵈ⁺¹⁾·(x − g).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void GradientRow<V>(int feature, int order, int length, ref T points, ref T products, int stride, Span<T> gradients)
    {
        V v = V.Broadcast(inverseWidth[0]), power = SimdMath.Power<V, T>(v, order), width = V.Zero;
        V lower = order == 0 ? V.Zero : SimdMath.Constant<V, T>(order) * SimdMath.Power<V, T>(v, order - 1);
        for (int j = 0; j < centres.Length; j++)
        {
            V g = V.Broadcast(centres[j]), sum = V.Zero;
            for (int n = 0; n < length; n += V.Count)
            {
                V distance = V.Load(in points, n) - g;
                V t = SimdMath.Tanh<V, T>(distance * v), upstream = V.Load(ref products, n);
                V next = Function<V>(t, order + 1) * power;
                sum = V.MultiplyAdd(upstream, next, sum);
                V slope = next * distance;
                if (order > 0)
                    slope = V.MultiplyAdd(lower, Function<V>(t, order), slope);
                width = V.MultiplyAdd(upstream, slope, width);
            }

            if (trainsCentres)
                gradients[j] += V.Sum(-(sum * v));
            products = ref Unsafe.Add(ref products, stride);
        }

        if (trainsWidth)
            gradients[^1] += V.Sum(width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Function<V>(V t, int order)
        where V : unmanaged, ISimd<V, T>
    {
        V square = t * t, f = SimdMath.Constant<V, T>(1) - square;
        return order switch
        {
            0 => f,
            1 => SimdMath.Constant<V, T>(-2) * t * f,
            2 => V.MultiplyAdd(SimdMath.Constant<V, T>(6), square, SimdMath.Constant<V, T>(-2)) * f,
            3 => V.MultiplyAdd(SimdMath.Constant<V, T>(-24), square, SimdMath.Constant<V, T>(16)) * t * f,
            4 => V.MultiplyAdd(V.MultiplyAdd(SimdMath.Constant<V, T>(120), square, SimdMath.Constant<V, T>(-120)), square, SimdMath.Constant<V, T>(16)) * f,
            _ => V.MultiplyAdd(V.MultiplyAdd(SimdMath.Constant<V, T>(-720), square, SimdMath.Constant<V, T>(960)), square, SimdMath.Constant<V, T>(-272)) * t * f,
        };
    }
}
