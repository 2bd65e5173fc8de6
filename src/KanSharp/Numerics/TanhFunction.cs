using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>tanh x, by tanh′ = 1 − tanh² = 4e/(1 + e)² with e = e^(−2|x|), which does not cancel in the tails.</summary>
internal readonly struct TanhFunction : IDifferentiableFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SimdMath.Tanh<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V First<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V e = SimdMath.Exp<V, T>(V.Abs(x) * SimdMath.Constant<V, T>(-2));
        V root = SimdMath.Constant<V, T>(2) / (SimdMath.Constant<V, T>(1) + e);
        return e * root * root;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Second<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return SimdMath.Constant<V, T>(-2) * SimdMath.Tanh<V, T>(x) * First<V, T>(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Third<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V y = SimdMath.Tanh<V, T>(x);
        return First<V, T>(x) * V.MultiplyAdd(SimdMath.Constant<V, T>(6) * y, y, SimdMath.Constant<V, T>(-2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fourth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V y = SimdMath.Tanh<V, T>(x);
        return First<V, T>(x) * y * V.MultiplyAdd(SimdMath.Constant<V, T>(-24) * y, y, SimdMath.Constant<V, T>(16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fifth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V y = SimdMath.Tanh<V, T>(x), square = y * y;
        return First<V, T>(x) * V.MultiplyAdd(square, V.MultiplyAdd(square, SimdMath.Constant<V, T>(120), SimdMath.Constant<V, T>(-120)), SimdMath.Constant<V, T>(16));
    }
}
