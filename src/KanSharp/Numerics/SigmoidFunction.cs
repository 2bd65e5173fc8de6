using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>σ(x) = 1/(1 + e⁻ˣ), by σ′ = σ(1 − σ).</summary>
internal readonly struct SigmoidFunction : IDifferentiableFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Logistic.Of<V, T>(x, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V First<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Logistic.Of<V, T>(x, out V q) * q;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Second<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V s = Logistic.Of<V, T>(x, out V q);
        return s * q * (q - s);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Third<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V s = Logistic.Of<V, T>(x, out V q);
        V p = s * q;
        return p * V.MultiplyAdd(p, SimdMath.Constant<V, T>(-6), SimdMath.Constant<V, T>(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fourth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V s = Logistic.Of<V, T>(x, out V q);
        V p = s * q;
        return p * (q - s) * V.MultiplyAdd(p, SimdMath.Constant<V, T>(-12), SimdMath.Constant<V, T>(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fifth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V s = Logistic.Of<V, T>(x, out V q);
        V p = s * q;
        return p * V.MultiplyAdd(p, V.MultiplyAdd(p, SimdMath.Constant<V, T>(120), SimdMath.Constant<V, T>(-30)), SimdMath.Constant<V, T>(1));
    }
}
