using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>Natural logarithm of x and of 1 + x.</summary>
internal static partial class SimdMath
{
    /// <summary>ln x: −∞ at ±0, NaN below 0, denormals included. At most 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool single = typeof(T) == typeof(float);
        V one = Constant<V, T>(1);
        V denormal = V.LessThan(x, Constant<V, T>(single ? 1.17549435e-38 : 2.2250738585072014e-308));
        V scaled = V.Select(denormal, x * Constant<V, T>(single ? 1 << 24 : 1L << 54), x);
        V k = V.Exponent(scaled) - (denormal & Constant<V, T>(single ? 24 : 54));

        // m = x/2ᵏ in [1, 2), then moved to [√½, √2) where ln m is small.
        V m = (scaled & MantissaMask<V, T>()) | one;
        V upper = V.LessThan(Constant<V, T>(1.4142135623730951), m);
        m = V.Select(upper, m * Constant<V, T>(0.5), m);
        k += upper & one;

        V f = m - one;
        V tail = LogOnePlusParts<V, T>(f, out V half);
        tail = V.MultiplyAdd(k, Constant<V, T>(single ? -1.90465421e-9 : 2.3190468138462996e-17), tail);
        V y = V.MultiplyAdd(k, Constant<V, T>(single ? 0.693147182 : 0.6931471805599453), f - (half - tail));

        V infinity = V.Broadcast(T.PositiveInfinity);
        y = V.Select(V.LessThan(x, infinity), y, x);
        y = V.Select(V.LessThan(x, V.Zero), V.Broadcast(T.NaN), y);
        return V.Select(V.EqualTo(x, V.Zero), -infinity, y);
    }

    /// <summary>ln(1 + u) for 0 ≤ u ≤ 1. At most 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogOnePlusOfUnit<V, T>(V u)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V tail = LogOnePlusParts<V, T>(u, out V half);
        return u - (half - tail);
    }

    /// <summary>
    /// ln(1 + f) = f − (half − tail) for −0.3 &lt; f ≤ 1, with half = f²/2, tail = s·(half + z·L(z)), s = f/(2 + f), z = s², which follows
    /// from 2·artanh s. The leading term f is exact, so the rounding errors of the rest hardly show.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOnePlusParts<V, T>(V f, out V half)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V s = f / (Constant<V, T>(2) + f);
        V z = s * s;
        half = Constant<V, T>(0.5) * f * f;
        return s * V.MultiplyAdd(z, LogTail<V, T>(z), half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MantissaMask<V, T>()
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float)
            ? V.Broadcast(Unsafe.BitCast<int, T>(0x007FFFFF))
            : V.Broadcast(Unsafe.BitCast<long, T>(0x000FFFFFFFFFFFFF));

    /// <summary>(2·artanh(√z)/√z − 2)/z for 0 ≤ z ≤ 1/9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogTail<V, T>(V z)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p;
        if (typeof(T) == typeof(float))
        {
            p = Constant<V, T>(0.232243299);
            p = Step<V, T>(p, z, 0.217065752);
            p = Step<V, T>(p, z, 0.28592357);
            p = Step<V, T>(p, z, 0.399997056);
            p = Step<V, T>(p, z, 0.666666687);
        }
        else
        {
            p = Constant<V, T>(0.1616404561194353);
            p = Step<V, T>(p, z, 0.08800738486144674);
            p = Step<V, T>(p, z, 0.12001072809590713);
            p = Step<V, T>(p, z, 0.13314144209654935);
            p = Step<V, T>(p, z, 0.15385570064958623);
            p = Step<V, T>(p, z, 0.18181789436132859);
            p = Step<V, T>(p, z, 0.22222222717427864);
            p = Step<V, T>(p, z, 0.2857142856710876);
            p = Step<V, T>(p, z, 0.40000000000014585);
            p = Step<V, T>(p, z, 0.6666666666666666);
        }

        return p;
    }
}
