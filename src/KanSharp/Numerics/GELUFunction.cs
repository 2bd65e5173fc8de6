using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>x·Φ(x) with the normal distribution Φ and density φ, by φ′ = −x·φ. Φ and φ vanish beyond the clamp.</summary>
internal readonly struct GELUFunction : IDifferentiableFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return V.Max(x, SimdMath.Constant<V, T>(-40)) * SimdMath.NormalCdf<V, T>(x, out _);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V First<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = Clamp<V, T>(x);
        V cdf = SimdMath.NormalCdf<V, T>(x, out V density);
        return V.MultiplyAdd(x, density, cdf);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Second<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = Clamp<V, T>(x);
        SimdMath.NormalCdf<V, T>(x, out V density);
        return density * V.MultiplyAdd(-x, x, SimdMath.Constant<V, T>(2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Third<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = Clamp<V, T>(x);
        SimdMath.NormalCdf<V, T>(x, out V density);
        return density * x * V.MultiplyAdd(x, x, SimdMath.Constant<V, T>(-4));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fourth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = Clamp<V, T>(x);
        SimdMath.NormalCdf<V, T>(x, out V density);
        V square = x * x;
        return density * V.MultiplyAdd(square, SimdMath.Constant<V, T>(7) - square, SimdMath.Constant<V, T>(-4));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fifth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = Clamp<V, T>(x);
        SimdMath.NormalCdf<V, T>(x, out V density);
        V square = x * x;
        return density * x * V.MultiplyAdd(square, square - SimdMath.Constant<V, T>(11), SimdMath.Constant<V, T>(18));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Clamp<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Min(V.Max(x, SimdMath.Constant<V, T>(-40)), SimdMath.Constant<V, T>(40));
}
