using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// S(x) = sin x/x: S′ = (cos x − S)/x, S″ = −S − 2S′/x, S‴ = −S′ − 2(S″ − S′/x)/x; below |x| = 1, where these cancel, by the power series Σ (−1)^k·x^(2k)/(2k + 1)!.
/// </summary>
internal readonly struct SincShape : IWaveletShape
{
    private const int Terms = 11;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void At<V, T>(V u, int order, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        value = Derivative<V, T>(u, order);
        slope = Derivative<V, T>(u, order + 1);
    }

    /// <summary>A derivative of order 0 to 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V, T>(V x, int order)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = SimdMath.Constant<V, T>(1), small = V.LessThan(V.Abs(x), one);
        V safe = V.Select(small, one, x), inverse = one / safe, two = SimdMath.Constant<V, T>(2);
        V result = SimdMath.Sin<V, T>(safe) * inverse;
        if (order > 0)
        {
            V first = (SimdMath.Cos<V, T>(safe) - result) * inverse;
            V second = -V.MultiplyAdd(two * inverse, first, result);
            result = order == 1 ? first : order == 2 ? second : -V.MultiplyAdd(two * inverse, second - first * inverse, first);
        }

        return V.Select(small, Series<V, T>(x, order), result);
    }

    /// <summary>Σ_k (−1)^k/(2k + 1)!·(2k)!/(2k − d)!·x^(2k − d), by Horner's rule in x².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Series<V, T>(V x, int order)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int least = (order + 1) / 2;
        V square = x * x, sum = V.Zero;
        for (int k = Terms - 1; k >= least; k--)
        {
            double coefficient = (k & 1) == 0 ? 1 : -1;
            for (int factor = 2; factor <= 2 * k + 1; factor++)
                coefficient /= factor;
            for (int factor = 0; factor < order; factor++)
                coefficient *= 2 * k - factor;
            sum = V.MultiplyAdd(sum, square, SimdMath.Constant<V, T>(coefficient));
        }

        return (order & 1) == 1 ? sum * x : sum;
    }
}

/// <summary>2·sinc(2u) − sinc(u) with sinc t = sin πt/(πt), which is sinc(u/2)·cos(3πu/2): the band from π to 2π.</summary>
internal readonly struct ShannonShape : IWaveletShape
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void At<V, T>(V u, int order, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        value = Derivative<V, T>(u, order);
        slope = Derivative<V, T>(u, order + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Derivative<V, T>(V u, int order)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double wide = 1, narrow = 2;
        for (int n = 0; n < order; n++)
            (wide, narrow) = (wide * Math.PI, narrow * 2 * Math.PI);
        return V.MultiplyAdd(
            SimdMath.Constant<V, T>(narrow), SincShape.Derivative<V, T>(SimdMath.Constant<V, T>(2 * Math.PI) * u, order),
            SimdMath.Constant<V, T>(-wide) * SincShape.Derivative<V, T>(SimdMath.Constant<V, T>(Math.PI) * u, order));
    }
}
