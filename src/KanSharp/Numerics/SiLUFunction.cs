using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>x·σ(x). Beyond |x| = 800 all is saturated; the clamp keeps −∞·0 out.</summary>
internal readonly struct SiLUFunction : IDifferentiableFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return V.Max(x, SimdMath.Constant<V, T>(-800)) * Logistic.Of<V, T>(x, out _);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V First<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = Logistic.Clamp<V, T>(x);
        V s = Logistic.Of<V, T>(x, out V q);
        return V.MultiplyAdd(s * q, x, s);
    }

    /// <summary>Value and first derivative, to the bit as they are by themselves, with one exponential.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ValueAndFirst<V, T>(V x, out V first)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V near = Logistic.Clamp<V, T>(x);
        V s = Logistic.Of<V, T>(near, out V q);
        first = V.MultiplyAdd(s * q, near, s);
        return V.Max(x, SimdMath.Constant<V, T>(-800)) * s;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Second<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = Logistic.Clamp<V, T>(x);
        V s = Logistic.Of<V, T>(x, out V q);
        return s * q * V.MultiplyAdd(q - s, x, SimdMath.Constant<V, T>(2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Third<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = Logistic.Clamp<V, T>(x);
        V s = Logistic.Of<V, T>(x, out V q);
        V p = s * q;
        V inner = V.MultiplyAdd(p, SimdMath.Constant<V, T>(-6), SimdMath.Constant<V, T>(1));
        return p * V.MultiplyAdd(x, inner, SimdMath.Constant<V, T>(3) * (q - s));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fourth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = Logistic.Clamp<V, T>(x);
        V s = Logistic.Of<V, T>(x, out V q);
        V p = s * q, one = SimdMath.Constant<V, T>(1);
        V third = V.MultiplyAdd(p, SimdMath.Constant<V, T>(-6), one), fourth = (q - s) * V.MultiplyAdd(p, SimdMath.Constant<V, T>(-12), one);
        return p * V.MultiplyAdd(x, fourth, SimdMath.Constant<V, T>(4) * third);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fifth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = Logistic.Clamp<V, T>(x);
        V s = Logistic.Of<V, T>(x, out V q);
        V p = s * q, one = SimdMath.Constant<V, T>(1);
        V fourth = (q - s) * V.MultiplyAdd(p, SimdMath.Constant<V, T>(-12), one);
        V fifth = V.MultiplyAdd(p, V.MultiplyAdd(p, SimdMath.Constant<V, T>(120), SimdMath.Constant<V, T>(-30)), one);
        return p * V.MultiplyAdd(x, fifth, SimdMath.Constant<V, T>(5) * fourth);
    }
}
