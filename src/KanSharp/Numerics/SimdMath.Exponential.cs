using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>Exponential and hyperbolic tangent.</summary>
internal static partial class SimdMath
{
    private const double InverseLn2 = 1.4426950408889634;

    /// <summary>eˣ; 0 and +∞ beyond the range of T, gradual through the denormals. At most 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Beyond these limits the result is 0 or +∞ anyhow; within them both halves of 2ⁿ are normal numbers.
        bool single = typeof(T) == typeof(float);
        x = V.Max(x, Constant<V, T>(single ? -104 : -746));
        x = V.Min(x, Constant<V, T>(single ? 89 : 710));
        V n = V.Round(x * Constant<V, T>(InverseLn2));
        V r = ReduceByLn2<V, T>(x, n);
        V y = V.MultiplyAdd(r * r, ExpTail<V, T>(r), r) + Constant<V, T>(1);
        V half = V.Floor(n * Constant<V, T>(0.5));
        return y * V.PowerOfTwo(half) * V.PowerOfTwo(n - half);
    }

    /// <summary>eˣ for x ≤ 0; 0 where it would be below the normal numbers, which saves the second power of two. At most 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpOfNegative<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Logarithm of the smallest normal number, rounded up
        V limit = Constant<V, T>(typeof(T) == typeof(float) ? -87.33654f : -708.3964185322641);
        V clamped = V.Max(x, limit);
        V n = V.Round(clamped * Constant<V, T>(InverseLn2));
        V r = ReduceByLn2<V, T>(clamped, n);
        V y = V.MultiplyAdd(r * r, ExpTail<V, T>(r), r) + Constant<V, T>(1);
        return V.Select(V.LessThan(x, limit), V.Zero, y * V.PowerOfTwo(n));
    }

    /// <summary>eˣ for x in the range where eˣ is a normal number (float: −87.3 to 88.7), which is not checked. At most 2 ulp; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpWithin<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V n = V.Round(x * Constant<V, T>(InverseLn2));
        V r = ReduceByLn2<V, T>(x, n);
        return (V.MultiplyAdd(r * r, ExpTail<V, T>(r), r) + Constant<V, T>(1)) * V.PowerOfTwo(n);
    }

    /// <summary>eˣ − 1 for x ≤ 0 without cancellation near 0. At most 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpMinusOneOfNegative<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = V.Max(x, Constant<V, T>(-40));
        V n = V.Round(x * Constant<V, T>(InverseLn2));
        V r = ReduceByLn2<V, T>(x, n);
        V q = V.MultiplyAdd(r * r, ExpTail<V, T>(r), r);
        V scale = V.PowerOfTwo(n);
        return V.MultiplyAdd(scale, q, scale - Constant<V, T>(1));
    }

    /// <summary>tanh x = −t/(2 + t) with t = e^(−2|x|) − 1. At most 3 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V t = ExpMinusOneOfNegative<V, T>(V.Abs(x) * Constant<V, T>(-2));
        V y = t / (Constant<V, T>(2) + t);
        return CopySign<V, T>(y, x);
    }

    /// <summary>x − n·ln 2; the first product and difference are exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReduceByLn2<V, T>(V x, V n)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool single = typeof(T) == typeof(float);
        V r = V.MultiplyAdd(n, Constant<V, T>(single ? -0.693147182 : -0.6931471805599453), x);
        return V.MultiplyAdd(n, Constant<V, T>(single ? 1.90465421e-9 : -2.3190468138462996e-17), r);
    }

    /// <summary>(eʳ − 1 − r)/r² for |r| ≤ ½ ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpTail<V, T>(V r)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p;
        if (typeof(T) == typeof(float))
        {
            p = Constant<V, T>(0.000198911803);
            p = Step<V, T>(p, r, 0.00139338209);
            p = Step<V, T>(p, r, 0.00833331048);
            p = Step<V, T>(p, r, 0.041666463);
            p = Step<V, T>(p, r, 0.166666672);
            p = Step<V, T>(p, r, 0.5);
        }
        else
        {
            p = Constant<V, T>(2.091483135138041e-9);
            p = Step<V, T>(p, r, 2.5105419192016337e-8);
            p = Step<V, T>(p, r, 2.7557273295539724e-7);
            p = Step<V, T>(p, r, 2.75572549134867e-6);
            p = Step<V, T>(p, r, 2.4801587325822283e-5);
            p = Step<V, T>(p, r, 0.00019841269875205077);
            p = Step<V, T>(p, r, 0.001388888888888367);
            p = Step<V, T>(p, r, 0.008333333333326025);
            p = Step<V, T>(p, r, 0.04166666666666667);
            p = Step<V, T>(p, r, 0.1666666666666667);
            p = Step<V, T>(p, r, 0.5);
        }

        return p;
    }
}
