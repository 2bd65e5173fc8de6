using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Symbolics.Functions;

/// <summary>Bessel function J₀; with r = J₁/x and q = J₂/x² the derivatives are −x·r, r − J₀ and x·(r − q).</summary>
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
}

/// <summary>Bessel function J₁ = x·r; with r = J₁/x and q = J₂/x² the derivatives are J₀ − r, x·(q − r) and q·(x² − 3).</summary>
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
}
