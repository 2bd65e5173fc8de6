using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>Sine and cosine.</summary>
internal static partial class SimdMath
{
    private const double TwoOverPi = 0.6366197723675814;

    /// <summary>sin x. At most 2 ulp; NaN for ±∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V y = SinOfQuarterTurns<V, T>(V.Abs(x), Constant<V, T>(0), out V large);
        y ^= x & SignBit<V, T>();
        return V.Any(large) ? PatchSin<V, T>(x, y) : y;
    }

    /// <summary>cos x. At most 2 ulp; NaN for ±∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cos<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V y = SinOfQuarterTurns<V, T>(V.Abs(x), Constant<V, T>(1), out V large);
        return V.Any(large) ? PatchCos<V, T>(x, y) : y;
    }

    /// <summary>sin(a + turns·π/2) for a ≥ 0. <paramref name="large"/> marks the lanes beyond the range of the reduction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinOfQuarterTurns<V, T>(V a, V turns, out V large)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        large = V.LessThan(Constant<V, T>(LargeAngle<T>()), a);
        V n = V.Round(a * Constant<V, T>(TwoOverPi));
        V r = ReduceByHalfPi<V, T>(a, n, out V low);
        V z = r * r;
        V sin = r + V.MultiplyAdd(r * z, SinTail<V, T>(z), low);
        V cos = Constant<V, T>(1) - V.MultiplyAdd(z * z, -CosTail<V, T>(z), z * Constant<V, T>(0.5));
        V k = n + turns;
        V pairs = V.Floor(k * Constant<V, T>(0.5));
        V odd = V.MultiplyAdd(pairs, Constant<V, T>(-2), k);
        V negative = V.MultiplyAdd(V.Floor(pairs * Constant<V, T>(0.5)), Constant<V, T>(-2), pairs);
        V y = V.Select(V.EqualTo(odd, V.Zero), sin, cos);
        return y * V.MultiplyAdd(negative, Constant<V, T>(-2), Constant<V, T>(1));
    }

    /// <summary>
    /// a − n·π/2 as r + low. The first product and difference are exact, the errors of the second are kept (Dekker, Knuth), and π/2 is
    /// carried to three times the precision of T: so the relative accuracy stays beside multiples of π/2, where r cancels.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReduceByHalfPi<V, T>(V a, V n, out V low)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool single = typeof(T) == typeof(float);
        V middle = Constant<V, T>(single ? -4.37113883e-8 : 6.123233995736766e-17);
        V first = V.MultiplyAdd(-n, Constant<V, T>(single ? 1.57079637 : 1.5707963267948966), a);
        V product = n * middle;
        V r = first - product;
        V moved = r - first;
        low = (first - (r - moved)) - (product + moved);
        low -= V.MultiplyAdd(n, middle, -product);
        low = V.MultiplyAdd(-n, Constant<V, T>(single ? -1.71512451e-15 : -1.4973849048591698e-33), low);
        return r;
    }

    /// <summary>(sin(√z)/√z − 1)/z for √z ≤ π/4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinTail<V, T>(V z)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p;
        if (typeof(T) == typeof(float))
        {
            p = Constant<V, T>(2.72493139e-6);
            p = Step<V, T>(p, z, -0.000198400827);
            p = Step<V, T>(p, z, 0.00833333191);
            p = Step<V, T>(p, z, -0.166666672);
        }
        else
        {
            p = Constant<V, T>(1.5917848524808262e-10);
            p = Step<V, T>(p, z, -2.5051127944014188e-8);
            p = Step<V, T>(p, z, 2.755731608381636e-6);
            p = Step<V, T>(p, z, -0.00019841269836722418);
            p = Step<V, T>(p, z, 0.008333333333330925);
            p = Step<V, T>(p, z, -0.16666666666666666);
        }

        return p;
    }

    /// <summary>(cos(√z) − 1 + z/2)/z² for √z ≤ π/4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V CosTail<V, T>(V z)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p;
        if (typeof(T) == typeof(float))
        {
            p = Constant<V, T>(2.45474366e-5);
            p = Step<V, T>(p, z, -0.00138883002);
            p = Step<V, T>(p, z, 0.0416666642);
        }
        else
        {
            p = Constant<V, T>(-1.1382456778061306e-11);
            p = Step<V, T>(p, z, 2.0876143827993133e-9);
            p = Step<V, T>(p, z, -2.7557317260008837e-7);
            p = Step<V, T>(p, z, 2.480158729874307e-5);
            p = Step<V, T>(p, z, -0.0013888888888887382);
            p = Step<V, T>(p, z, 0.041666666666666664);
        }

        return p;
    }

    private static double LargeAngle<T>() => typeof(T) == typeof(float) ? 1 << 17 : 1 << 30;

    /// <summary>Lanes whose angle is too large for the reduction, by System.Math.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V PatchSin<V, T>(V x, V y)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int lane = 0; lane < V.Count; lane++)
        {
            double angle = double.CreateTruncating(Unsafe.Add(ref Unsafe.As<V, T>(ref x), lane));
            if (!(Math.Abs(angle) <= LargeAngle<T>()))
                Unsafe.Add(ref Unsafe.As<V, T>(ref y), lane) = T.CreateTruncating(Math.Sin(angle));
        }

        return y;
    }

    /// <summary>Lanes whose angle is too large for the reduction, by System.Math.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V PatchCos<V, T>(V x, V y)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int lane = 0; lane < V.Count; lane++)
        {
            double angle = double.CreateTruncating(Unsafe.Add(ref Unsafe.As<V, T>(ref x), lane));
            if (!(Math.Abs(angle) <= LargeAngle<T>()))
                Unsafe.Add(ref Unsafe.As<V, T>(ref y), lane) = T.CreateTruncating(Math.Cos(angle));
        }

        return y;
    }
}
