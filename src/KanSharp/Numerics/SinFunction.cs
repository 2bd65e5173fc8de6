using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>sin x.</summary>
internal readonly struct SinFunction : IDifferentiableFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SimdMath.Sin<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V First<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SimdMath.Cos<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Second<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        -SimdMath.Sin<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Third<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        -SimdMath.Cos<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fourth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SimdMath.Sin<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fifth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SimdMath.Cos<V, T>(x);
}
