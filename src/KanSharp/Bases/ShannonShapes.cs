using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// S(x) = sin x/x: S′ = (cos x − S)/x, S″ = −S − 2S′/x and further x·S⁽ⁿ⁾ = sin⁽ⁿ⁾ x − n·S⁽ⁿ⁻¹⁾; below |x| = 1, for higher orders
/// below 2, where these cancel, by the power series Σ (−1)^k·x^(2k)/(2k + 1)!.
/// </summary>
internal readonly struct SincShape : IWaveletShape
{
    public static double Bound<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => 1e6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V u, int order)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Pair<V, T>(u, order, out V value, out _);
        return value;
    }

    // a sine and a cosine are as much as the compiler takes in at once
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Pair<V, T>(V u, int order, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (order > 1)
        {
            HighPair<V, T>(u, order, out value, out slope);
            return;
        }

        V one = SimdMath.Constant<V, T>(1), small = V.LessThan(V.Abs(u), one);
        V safe = V.Select(small, one, u), inverse = one / safe;
        V zeroth = SimdMath.Sin<V, T>(safe) * inverse;
        V first = (SimdMath.Cos<V, T>(safe) - zeroth) * inverse;
        V second = -V.MultiplyAdd(inverse + inverse, first, zeroth);
        value = V.Select(small, SincSeries<T>.At(u, order, SincSeries<T>.FewTerms), order == 0 ? zeroth : first);
        slope = V.Select(small, SincSeries<T>.At(u, order + 1, SincSeries<T>.FewTerms), order == 0 ? first : second);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void HighPair<V, T>(V u, int order, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V border = SimdMath.Constant<V, T>(2), small = V.LessThan(V.Abs(u), border);
        V safe = V.Select(small, border, u), inverse = SimdMath.Constant<V, T>(1) / safe;
        V sine = SimdMath.Sin<V, T>(safe), cosine = SimdMath.Cos<V, T>(safe);
        V before = V.Zero, derivative = sine * inverse;
        for (int n = 1; n <= order + 1; n++)
        {
            V wave = (n & 1) == 0 ? sine : cosine;
            before = derivative;
            derivative = V.MultiplyAdd(SimdMath.Constant<V, T>(-n), before, (n & 2) == 0 ? wave : -wave) * inverse;
        }

        value = V.Select(small, SincSeries<T>.At(u, order, SincSeries<T>.ManyTerms), before);
        slope = V.Select(small, SincSeries<T>.At(u, order + 1, SincSeries<T>.ManyTerms), derivative);
    }
}

/// <summary>The power series of sin x/x and its derivatives about 0.</summary>
internal static class SincSeries<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>For |x| up to 1.</summary>
    public const int FewTerms = 11;

    /// <summary>For |x| up to 2.</summary>
    public const int ManyTerms = 18;

    private static readonly T[][] s_coefficients = [.. Enumerable.Range(0, DerivativeOrder.Highest + 1).Select(Coefficients)];

    /// <summary>Σ_k (−1)^k/(2k + 1)!·(2k)!/(2k − d)!·x^(2k − d), by Horner's rule in x².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<V>(V x, int order, int terms)
        where V : unmanaged, ISimd<V, T>
    {
        V square = x * x, sum = V.Zero;
        foreach (T coefficient in s_coefficients[order].AsSpan(ManyTerms - terms))
            sum = V.MultiplyAdd(sum, square, V.Broadcast(coefficient));
        return (order & 1) == 1 ? sum * x : sum;
    }

    /// <summary>Highest power first.</summary>
    private static T[] Coefficients(int order)
    {
        int least = (order + 1) / 2;
        var coefficients = new T[ManyTerms - least];
        for (int k = ManyTerms - 1; k >= least; k--)
        {
            double coefficient = (k & 1) == 0 ? 1 : -1;
            for (int factor = 2; factor <= 2 * k + 1; factor++)
                coefficient /= factor;
            for (int factor = 0; factor < order; factor++)
                coefficient *= 2 * k - factor;
            coefficients[ManyTerms - 1 - k] = T.CreateTruncating(coefficient);
        }

        return coefficients;
    }
}

/// <summary>2·sinc(2u) − sinc(u) with sinc t = sin πt/(πt), which is sinc(u/2)·cos(3πu/2): the band from π to 2π.</summary>
internal readonly struct ShannonShape : IWaveletShape
{
    public static double Bound<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => 1e6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V u, int order)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Pair<V, T>(u, order, out V value, out _);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pair<V, T>(V u, int order, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const double Low = Math.PI, High = 2 * Math.PI;
        SincShape.Pair<V, T>(SimdMath.Constant<V, T>(High) * u, order, out V narrow, out V narrowSlope);
        SincShape.Pair<V, T>(SimdMath.Constant<V, T>(Low) * u, order, out V wide, out V wideSlope);
        V a = SimdMath.Constant<V, T>(2) * SimdMath.Power<V, T>(SimdMath.Constant<V, T>(High), order), b = SimdMath.Power<V, T>(SimdMath.Constant<V, T>(Low), order);
        value = a * narrow - b * wide;
        slope = a * SimdMath.Constant<V, T>(High) * narrowSlope - b * SimdMath.Constant<V, T>(Low) * wideSlope;
    }
}
