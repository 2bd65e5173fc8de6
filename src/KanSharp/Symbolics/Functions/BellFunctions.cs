using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Symbolics.Functions;

/// <summary>g = e^(−x²); derivatives −2x·g, (4x² − 2)·g, (12x − 8x³)·g, (16x⁴ − 48x² + 12)·g, (−32x⁵ + 160x³ − 120x)·g. Beyond |x| = 40 all are 0.</summary>
internal readonly struct GaussianFunction : IDifferentiableFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = Near<V, T>(x);
        return SimdMath.Exp<V, T>(-(x * x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V First<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = Near<V, T>(x);
        return SimdMath.Constant<V, T>(-2) * x * SimdMath.Exp<V, T>(-(x * x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Second<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = Near<V, T>(x);
        V square = x * x;
        return V.MultiplyAdd(square, SimdMath.Constant<V, T>(4), SimdMath.Constant<V, T>(-2)) * SimdMath.Exp<V, T>(-square);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Third<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = Near<V, T>(x);
        V square = x * x;
        return x * V.MultiplyAdd(square, SimdMath.Constant<V, T>(-8), SimdMath.Constant<V, T>(12)) * SimdMath.Exp<V, T>(-square);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fourth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = Near<V, T>(x);
        V square = x * x;
        return V.MultiplyAdd(square, V.MultiplyAdd(square, SimdMath.Constant<V, T>(16), SimdMath.Constant<V, T>(-48)), SimdMath.Constant<V, T>(12)) * SimdMath.Exp<V, T>(-square);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fifth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = Near<V, T>(x);
        V square = x * x;
        return x * V.MultiplyAdd(square, V.MultiplyAdd(square, SimdMath.Constant<V, T>(-32), SimdMath.Constant<V, T>(160)), SimdMath.Constant<V, T>(-120)) * SimdMath.Exp<V, T>(-square);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Near<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Min(V.Max(x, SimdMath.Constant<V, T>(-40)), SimdMath.Constant<V, T>(40));
}

/// <summary>erf x, whose derivative is 2/√π·e^(−x²).</summary>
internal readonly struct ErfFunction : IDifferentiableFunction
{
    private const double Slope = 1.1283791670955126;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Erf<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V First<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Constant<V, T>(Slope) * GaussianFunction.Value<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Second<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Constant<V, T>(Slope) * GaussianFunction.First<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Third<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Constant<V, T>(Slope) * GaussianFunction.Second<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fourth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Constant<V, T>(Slope) * GaussianFunction.Third<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fifth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Constant<V, T>(Slope) * GaussianFunction.Fourth<V, T>(x);
}

/// <summary>q = 1/(1 + x²); derivatives −2x·q², (6x² − 2)·q³, 24x(1 − x²)·q⁴, 24(5x⁴ − 10x² + 1)·q⁵, −240x(3x⁴ − 10x² + 3)·q⁶.</summary>
internal readonly struct LorentzianFunction : IDifferentiableFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SimdMath.Constant<V, T>(1) / V.MultiplyAdd(x, x, SimdMath.Constant<V, T>(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V First<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V q = Value<V, T>(x);
        return SimdMath.Constant<V, T>(-2) * (x * q) * q;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Second<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V q = Value<V, T>(x);
        V p = x * q;
        return q * V.MultiplyAdd(p * p, SimdMath.Constant<V, T>(6), SimdMath.Constant<V, T>(-2) * q * q);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Third<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V q = Value<V, T>(x);
        V p = x * q;
        return SimdMath.Constant<V, T>(24) * p * q * V.MultiplyAdd(q, q, -(p * p));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fourth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V q = Value<V, T>(x);
        V p = x * q, p2 = p * p, q2 = q * q;
        return SimdMath.Constant<V, T>(24) * q * V.MultiplyAdd(p2, V.MultiplyAdd(q2, SimdMath.Constant<V, T>(-10), SimdMath.Constant<V, T>(5) * p2), q2 * q2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fifth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V q = Value<V, T>(x);
        V p = x * q, p2 = p * p, q2 = q * q;
        return SimdMath.Constant<V, T>(-240) * p * q * V.MultiplyAdd(p2, V.MultiplyAdd(q2, SimdMath.Constant<V, T>(-10), SimdMath.Constant<V, T>(3) * p2), SimdMath.Constant<V, T>(3) * q2 * q2);
    }
}

/// <summary>x·q with q = 1/(1 + x²); derivatives (1 − x²)·q², 2x(x² − 3)·q³, −6(x⁴ − 6x² + 1)·q⁴, 24x(x⁴ − 10x² + 5)·q⁵, −120(x² − 1)(x⁴ − 14x² + 1)·q⁶.</summary>
internal readonly struct DispersionFunction : IDifferentiableFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x * LorentzianFunction.Value<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V First<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V q = LorentzianFunction.Value<V, T>(x);
        V p = x * q;
        return V.MultiplyAdd(q, q, -(p * p));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Second<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V q = LorentzianFunction.Value<V, T>(x);
        V p = x * q;
        return SimdMath.Constant<V, T>(2) * p * V.MultiplyAdd(p, p, SimdMath.Constant<V, T>(-3) * q * q);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Third<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V q = LorentzianFunction.Value<V, T>(x);
        V p = x * q, p2 = p * p, q2 = q * q;
        return SimdMath.Constant<V, T>(-6) * V.MultiplyAdd(p2, V.MultiplyAdd(q2, SimdMath.Constant<V, T>(-6), p2), q2 * q2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fourth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V q = LorentzianFunction.Value<V, T>(x);
        V p = x * q, p2 = p * p, q2 = q * q;
        return SimdMath.Constant<V, T>(24) * p * V.MultiplyAdd(p2, V.MultiplyAdd(q2, SimdMath.Constant<V, T>(-10), p2), SimdMath.Constant<V, T>(5) * q2 * q2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Fifth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V q = LorentzianFunction.Value<V, T>(x);
        V p = x * q, p2 = p * p, q2 = q * q;
        return SimdMath.Constant<V, T>(-120) * (p2 - q2) * V.MultiplyAdd(p2, V.MultiplyAdd(q2, SimdMath.Constant<V, T>(-14), p2), q2 * q2);
    }
}
