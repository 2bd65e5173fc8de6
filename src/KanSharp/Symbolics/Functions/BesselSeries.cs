using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Symbolics.Functions;

/// <summary>
/// Bessel functions of the first kind on registers. Up to |x| = 8 Chebyshev series in x² of J₀, J₁/x and J₂/x², beyond that Hankel's form
/// J_n = √(2/πx)·(P·cos φ − Q·sin φ) with φ = x − (2n + 1)π/4 and Chebyshev series of P and Q in 1/x². The coefficients come from values with
/// 40 digits; the error is a few units of the last place of 1.
/// </summary>
internal static class BesselSeries
{
    internal const double Border = 8;

    /// <summary>J₀(x) for |x| ≤ 8, in x²/32 − 1.</summary>
    internal static ReadOnlySpan<double> Inner0 =>
    [
        0.15772797147489012, -0.008723442352852221, 0.2651786132033368, -0.37009499387264977, 0.15806710233209725,
        -0.034893769411408884, 0.004819180069467605, -0.00046062616620627504, 3.246032882100508e-05, -1.7619469077621507e-06,
        7.608163592418782e-08, -2.679253530557673e-09, 7.848696314479465e-11, -1.9438346867370164e-12, 4.125320595634374e-14,
        -7.588508125447546e-16, 1.2218515873961411e-17,
    ];

    /// <summary>J₁(x)/x for |x| ≤ 8, in x²/32 − 1.</summary>
    internal static ReadOnlySpan<double> Inner1 =>
    [
        0.08104484632565812, -0.1489751450676521, 0.1609992623572097, -0.08268049176681791, 0.022213639654966037,
        -0.003646940600769276, 0.0004050337728354822, -3.255554866857259e-05, 1.9858774049915165e-06, -9.521984756750436e-08,
        3.687133759097148e-09, -1.178026622695885e-10, 3.160154580348003e-12, -7.221755239651773e-14, 1.4232144003513942e-15,
        -2.4441972916190464e-17,
    ];

    /// <summary>J₂(x)/x² for |x| ≤ 8, in x²/32 − 1.</summary>
    private static ReadOnlySpan<double> Inner2 =>
    [
        0.0259675044055018, -0.051662401237476965, 0.033313115677547085, -0.011412585648174543, 0.0023079312649903717,
        -0.00030576582069152526, 2.8593389509574438e-05, -1.9904910649136225e-06, 1.0728442457342493e-07,
        -4.613659922105544e-09, 1.620960599825292e-10, -4.7427232341091315e-12, 1.173993618450466e-13,
        -2.491363587126523e-15, 4.5839200705273085e-17,
    ];

    /// <summary>P of J₀ for |x| ≥ 8, in 2·(8/x)² − 1.</summary>
    internal static ReadOnlySpan<double> Outer0P =>
    [
        0.9994603493475187, -0.0005365220468132117, 3.0751847875194745e-06, -5.1705945376060975e-08, 1.6306464635151382e-09,
        -7.86409137723707e-11, 5.168262387349193e-12, -4.3045788699253914e-13, 4.3265957431549404e-14,
        -5.069034095935236e-15, 6.748072215733873e-16, -1.0011513723467786e-16, 1.6305919233744186e-17,
        -2.880866169482871e-18,
    ];

    /// <summary>Q·x/8 of J₀ for |x| ≥ 8, in 2·(8/x)² − 1.</summary>
    internal static ReadOnlySpan<double> Outer0Q =>
    [
        -0.015555854605337009, 6.838519942611649e-05, -7.414498411060647e-07, 1.7972457247968992e-08, -7.27191593686632e-10,
        4.2201219046687385e-11, -3.206747420996635e-12, 3.006145125351706e-13, -3.336328185322427e-14, 4.255225040245461e-15,
        -6.09993013164005e-16, 9.662128970303257e-17, -1.6686065214378146e-17, 3.1082440486738143e-18,
    ];

    /// <summary>P of J₁ for |x| ≥ 8, in 2·(8/x)² − 1.</summary>
    internal static ReadOnlySpan<double> Outer1P =>
    [
        1.0009030408600137, 0.0008989898330859408, -3.987284300488908e-06, 6.177633960644299e-08, -1.8718907491063067e-09,
        8.816898659582339e-11, -5.704863640395645e-12, 4.699195515230542e-13, -4.6842237839904895e-14, 5.452674896044717e-15,
        -7.221180842274018e-16, 1.0667689114335412e-16, -1.7312313216116335e-17, 3.0492991197665872e-18,
    ];

    /// <summary>Q·x/8 of J₁ for |x| ≥ 8, in 2·(8/x)² − 1.</summary>
    internal static ReadOnlySpan<double> Outer1Q =>
    [
        0.04677778706953532, -9.62772354915708e-05, 9.138615257955454e-07, -2.0959781384083424e-08, 8.229193327650554e-10,
        -4.686363688176945e-11, 3.5152187949686082e-12, -3.2643156743279e-13, 3.5967765829165294e-14,
        -4.5612523950772974e-15, 6.508282957783384e-16, -1.0269147531823243e-16, 1.767635548776479e-17,
        -3.2834519872981614e-18,
    ];

    /// <summary>J₀(a), J₁(a)/a and J₂(a)/a² for a ≥ 0: all derivatives of J₀ and J₁ are products of them with polynomials.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Of<V, T>(V a, out V j0, out V j1OverX, out V j2OverSquare)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V border = SimdMath.Constant<V, T>(Border), one = SimdMath.Constant<V, T>(1);
        V near = V.Min(a, border);
        V t = V.MultiplyAdd(near * near, SimdMath.Constant<V, T>(2 / (Border * Border)), -one);
        j0 = Chebyshev<V, T>(Inner0, t);
        j1OverX = Chebyshev<V, T>(Inner1, t);
        j2OverSquare = Chebyshev<V, T>(Inner2, t);
        V outside = V.LessThan(border, a);
        if (!V.Any(outside))
            return;
        V far = V.Max(a, border), inverse = one / far, ratio = border * inverse;
        t = V.MultiplyAdd(ratio * ratio, SimdMath.Constant<V, T>(2), -one);
        V sin = SimdMath.Sin<V, T>(far), cos = SimdMath.Cos<V, T>(far), sum = cos + sin, difference = sin - cos;
        V size = V.Sqrt(inverse * SimdMath.Constant<V, T>(1 / Math.PI));
        V zeroth = size * V.MultiplyAdd(Chebyshev<V, T>(Outer0P, t), sum, -(ratio * Chebyshev<V, T>(Outer0Q, t) * difference));
        V first = size * V.MultiplyAdd(Chebyshev<V, T>(Outer1P, t), difference, ratio * Chebyshev<V, T>(Outer1Q, t) * sum) * inverse;
        V infinite = V.EqualTo(far, V.Broadcast(T.PositiveInfinity));
        zeroth = V.Select(infinite, V.Zero, zeroth);
        first = V.Select(infinite, V.Zero, first);
        j0 = V.Select(outside, zeroth, j0);
        j1OverX = V.Select(outside, first, j1OverX);
        j2OverSquare = V.Select(outside, (first + first - zeroth) * inverse * inverse, j2OverSquare);
    }

    /// <summary>
    /// J₃(a)/a³ from r = J₁(a)/a and q = J₂(a)/a², as (4q − r)/a²; below a = 1, where that loses digits, Σ (−a²/4)ᵏ/(8·k!·(k + 3)!).
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Third<V, T>(V a, V r, V q)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = SimdMath.Constant<V, T>(1), small = V.LessThan(a, one), square = a * a, quarter = SimdMath.Constant<V, T>(-0.25) * square, series = one;
        for (int k = 8; k > 0; k--)
            series = V.MultiplyAdd(series * SimdMath.Constant<V, T>(1.0 / (k * (k + 3))), quarter, one);
        V far = V.MultiplyAdd(SimdMath.Constant<V, T>(4), q, -r) / V.Select(small, one, square);
        return V.Select(small, SimdMath.Constant<V, T>(1.0 / 48) * series, far);
    }

    /// <summary>Σ c_k·T_k(t) by Clenshaw's recurrence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Chebyshev<V, T>(ReadOnlySpan<double> coefficients, V t)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V b = V.Zero, before = V.Zero, twice = t + t;
        for (int k = coefficients.Length - 1; k > 0; k--)
            (b, before) = (V.MultiplyAdd(twice, b, SimdMath.Constant<V, T>(coefficients[k]) - before), b);
        return V.MultiplyAdd(t, b, SimdMath.Constant<V, T>(coefficients[0]) - before);
    }
}
