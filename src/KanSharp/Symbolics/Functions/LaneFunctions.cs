using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Symbolics.Functions;

/// <summary>cos x.</summary>
internal readonly struct CosFunction : IDifferentiableFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Cos<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V First<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => -SimdMath.Sin<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Second<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => -SimdMath.Cos<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Third<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Sin<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fourth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Cos<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fifth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => -SimdMath.Sin<V, T>(x);
}

/// <summary>tan x; with t = tan x the derivatives are w = 1 + t², 2tw, 2w(1 + 3t²), 8tw(2 + 3t²), 8w(2 + 15t² + 15t⁴).</summary>
internal readonly struct TanFunction : IDifferentiableFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Sin<V, T>(x) / SimdMath.Cos<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V First<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V t = Value<V, T>(x);
        return V.MultiplyAdd(t, t, SimdMath.Constant<V, T>(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Second<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V t = Value<V, T>(x);
        return (t + t) * V.MultiplyAdd(t, t, SimdMath.Constant<V, T>(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Third<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V t = Value<V, T>(x);
        V square = t * t;
        V one = SimdMath.Constant<V, T>(1);
        return SimdMath.Constant<V, T>(2) * (square + one) * V.MultiplyAdd(square, SimdMath.Constant<V, T>(3), one);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fourth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V t = Value<V, T>(x);
        V square = t * t;
        return SimdMath.Constant<V, T>(8) * t * (square + SimdMath.Constant<V, T>(1)) * V.MultiplyAdd(square, SimdMath.Constant<V, T>(3), SimdMath.Constant<V, T>(2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fifth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V t = Value<V, T>(x);
        V square = t * t;
        V inner = V.MultiplyAdd(square, V.MultiplyAdd(square, SimdMath.Constant<V, T>(15), SimdMath.Constant<V, T>(15)), SimdMath.Constant<V, T>(2));
        return SimdMath.Constant<V, T>(8) * (square + SimdMath.Constant<V, T>(1)) * inner;
    }
}

/// <summary>ln x; the derivatives too are NaN below 0.</summary>
internal readonly struct LogFunction : IDifferentiableFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Log<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V First<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Constant<V, T>(1) / NotNegative<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Second<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = NotNegative<V, T>(x);
        return SimdMath.Constant<V, T>(-1) / (x * x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Third<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = NotNegative<V, T>(x);
        return SimdMath.Constant<V, T>(2) / (x * x * x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fourth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V square = NotNegative<V, T>(x);
        square *= square;
        return SimdMath.Constant<V, T>(-6) / (square * square);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fifth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = NotNegative<V, T>(x);
        V square = x * x;
        return SimdMath.Constant<V, T>(24) / (square * square * x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NotNegative<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Select(V.LessThan(x, V.Zero), V.Broadcast(T.NaN), x);
}

/// <summary>ln(1 + x) without loss of digits near 0: ln u·x/(u − 1) with u = 1 + x rounded.</summary>
internal readonly struct LogOnePlusFunction : IDifferentiableFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = SimdMath.Constant<V, T>(1);
        V u = one + x;
        V rounded = u - one;
        V log = SimdMath.Log<V, T>(u);
        V corrected = V.Select(V.EqualTo(rounded, V.Zero), x, log * (x / rounded));
        return V.Select(V.LessThan(SimdMath.Constant<V, T>(1), V.Abs(x)), log, V.Select(V.EqualTo(u, V.Zero), log, corrected));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V First<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => LogFunction.First<V, T>(SimdMath.Constant<V, T>(1) + x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Second<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => LogFunction.Second<V, T>(SimdMath.Constant<V, T>(1) + x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Third<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => LogFunction.Third<V, T>(SimdMath.Constant<V, T>(1) + x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fourth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => LogFunction.Fourth<V, T>(SimdMath.Constant<V, T>(1) + x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fifth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => LogFunction.Fifth<V, T>(SimdMath.Constant<V, T>(1) + x);
}
