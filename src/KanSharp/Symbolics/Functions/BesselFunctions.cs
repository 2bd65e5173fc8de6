using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Symbolics.Functions;

/// <summary>Bessel function J₀; with r = J₁/x, q = J₂/x² and s = J₃/x³ the derivatives are −x·r, r − J₀, x·(r − q), q·(3 − x²) and x·(2q − r − 3s).</summary>
internal readonly struct BesselJ0Function : IDifferentiableFunction
{
    public static V Value<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BesselSeries.Of<V, T>(V.Abs(x), out V j0, out _, out _);
        return j0;
    }

    public static V First<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BesselSeries.Of<V, T>(V.Abs(x), out _, out V r, out _);
        return -(x * r);
    }

    public static V Second<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BesselSeries.Of<V, T>(V.Abs(x), out V j0, out V r, out _);
        return r - j0;
    }

    public static V Third<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BesselSeries.Of<V, T>(V.Abs(x), out _, out V r, out V q);
        return x * (r - q);
    }

    public static V Fourth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BesselSeries.Of<V, T>(V.Abs(x), out _, out _, out V q);
        return q * V.MultiplyAdd(-x, x, SimdMath.Constant<V, T>(3));
    }

    public static V Fifth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BesselSeries.Of<V, T>(V.Abs(x), out _, out V r, out V q);
        V s = BesselSeries.Third<V, T>(V.Abs(x), r, q);
        return x * V.MultiplyAdd(SimdMath.Constant<V, T>(-3), s, q + q - r);
    }
}

/// <summary>Bessel function J₁ = x·r; with r = J₁/x, q = J₂/x² and s = J₃/x³ the derivatives are J₀ − r, x·(q − r), q·(x² − 3), x·(r + 3s − 2q) and q·(9 − x²) − r − 15s.</summary>
internal readonly struct BesselJ1Function : IDifferentiableFunction
{
    public static V Value<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BesselSeries.Of<V, T>(V.Abs(x), out _, out V r, out _);
        return x * r;
    }

    public static V First<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BesselSeries.Of<V, T>(V.Abs(x), out V j0, out V r, out _);
        return j0 - r;
    }

    public static V Second<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BesselSeries.Of<V, T>(V.Abs(x), out _, out V r, out V q);
        return x * (q - r);
    }

    public static V Third<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BesselSeries.Of<V, T>(V.Abs(x), out _, out _, out V q);
        return q * V.MultiplyAdd(x, x, SimdMath.Constant<V, T>(-3));
    }

    public static V Fourth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return -BesselJ0Function.Fifth<V, T>(x);
    }

    public static V Fifth<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BesselSeries.Of<V, T>(V.Abs(x), out _, out V r, out V q);
        V s = BesselSeries.Third<V, T>(V.Abs(x), r, q);
        return V.MultiplyAdd(q, V.MultiplyAdd(-x, x, SimdMath.Constant<V, T>(9)), V.MultiplyAdd(SimdMath.Constant<V, T>(-15), s, -r));
    }
}
