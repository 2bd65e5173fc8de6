using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>Error function and normal distribution.</summary>
internal static partial class SimdMath
{
    /// <summary>erf x: odd polynomial below 1, 1 − erfc beyond. At most 3 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V a = V.Min(V.Abs(x), Constant<V, T>(40));
        V inner = V.MultiplyAdd(a, ErfTail<V, T>(a * a), a);
        V outer = Constant<V, T>(1) - ExpOfMinusSquare<V, T>(a, 1) * ErfcScaled<V, T>(a);
        return CopySign<V, T>(V.Select(V.LessThan(a, Constant<V, T>(1)), inner, outer), x);
    }

    /// <summary>
    /// Distribution function of the standard normal, Φ(x), with full relative accuracy in the lower tail; <paramref name="density"/> is
    /// φ(x) = e^(−x²/2)/√(2π).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalCdf<V, T>(V x, out V density)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V a = V.Min(V.Abs(x), Constant<V, T>(40));
        V bell = ExpOfMinusSquare<V, T>(a, 0.5);
        density = bell * Constant<V, T>(0.3989422804014327);
        V tail = Constant<V, T>(0.5) * (bell * ErfcScaled<V, T>(a * Constant<V, T>(0.7071067811865476)));
        return V.Select(V.LessThan(x, V.Zero), tail, Constant<V, T>(1) - tail);
    }

    /// <summary>e^(−scale·a²); the rounding error of a² is compensated, else it would be amplified by the exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpOfMinusSquare<V, T>(V a, double scale)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V square = a * a;
        V error = V.MultiplyAdd(a, a, -square);
        V y = Exp<V, T>(square * Constant<V, T>(-scale));
        return V.MultiplyAdd(y * Constant<V, T>(-scale), error, y);
    }

    /// <summary>
    /// e^(u²)·erfc(u) for u ≥ 0, as (1 + 2u)·e^(u²)·erfc(u) over 1 + 2u, the first a polynomial in t = (u − c)/(u + c), which maps
    /// [0, ∞) onto [−1, 1) (Shepherd and Laframboise, Math. Comp. 36, 1981).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfcScaled<V, T>(V u)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double centre = typeof(T) == typeof(float) ? 2 : 4;
        V one = Constant<V, T>(1);
        V t = (u - Constant<V, T>(centre)) / (u + Constant<V, T>(centre));
        return ErfcCore<V, T>(t) / V.MultiplyAdd(u, Constant<V, T>(2), one);
    }

    /// <summary>erf(√z)/√z − 1 for 0 ≤ z ≤ 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfTail<V, T>(V z)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p;
        if (typeof(T) == typeof(float))
        {
            p = Constant<V, T>(7.87587487e-5);
            p = Step<V, T>(p, z, -0.00080168643);
            p = Step<V, T>(p, z, 0.00518908724);
            p = Step<V, T>(p, z, -0.0268542115);
            p = Step<V, T>(p, z, 0.112835944);
            p = Step<V, T>(p, z, -0.37612626);
            p = Step<V, T>(p, z, 0.128379166);
        }
        else
        {
            p = Constant<V, T>(-7.795898827002142e-10);
            p = Step<V, T>(p, z, 1.3720064546777686e-8);
            p = Step<V, T>(p, z, -1.6208483801871705e-7);
            p = Step<V, T>(p, z, 1.6447424703317362e-6);
            p = Step<V, T>(p, z, -1.492473690741966e-5);
            p = Step<V, T>(p, z, 0.00012055294904839707);
            p = Step<V, T>(p, z, -0.0008548325975389692);
            p = Step<V, T>(p, z, 0.0052239776071164225);
            p = Step<V, T>(p, z, -0.02686617064323777);
            p = Step<V, T>(p, z, 0.11283791670945006);
            p = Step<V, T>(p, z, -0.37612638903183543);
            p = Step<V, T>(p, z, 0.12837916709551256);
        }

        return p;
    }

    /// <summary>(1 + 2u)·e^(u²)·erfc(u) as a polynomial in t, |t| ≤ 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfcCore<V, T>(V t)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p;
        if (typeof(T) == typeof(float))
        {
            p = Constant<V, T>(6.80751473e-5);
            p = Step<V, T>(p, t, 0.00016084034);
            p = Step<V, T>(p, t, -0.000370928406);
            p = Step<V, T>(p, t, -0.00139580504);
            p = Step<V, T>(p, t, 0.0012305032);
            p = Step<V, T>(p, t, 0.00868925266);
            p = Step<V, T>(p, t, -0.0080247391);
            p = Step<V, T>(p, t, -0.0542119965);
            p = Step<V, T>(p, t, 0.164050505);
            p = Step<V, T>(p, t, -0.166031092);
            p = Step<V, T>(p, t, -0.0927638188);
            p = Step<V, T>(p, t, 1.27697837);
        }
        else
        {
            p = Constant<V, T>(-2.764120233734578e-10);
            p = Step<V, T>(p, t, 9.297625263709659e-10);
            p = Step<V, T>(p, t, 3.2323973445082033e-9);
            p = Step<V, T>(p, t, -1.2338731403798444e-8);
            p = Step<V, T>(p, t, -2.0725802488181963e-8);
            p = Step<V, T>(p, t, 1.0631817593818149e-7);
            p = Step<V, T>(p, t, 7.771943241086912e-8);
            p = Step<V, T>(p, t, -8.210647933297337e-7);
            p = Step<V, T>(p, t, 2.9173425573089733e-7);
            p = Step<V, T>(p, t, 5.70657829924074e-6);
            p = Step<V, T>(p, t, -1.1221135665965907e-5);
            p = Step<V, T>(p, t, -2.4397731143023292e-5);
            p = Step<V, T>(p, t, 0.00015062142608651945);
            p = Step<V, T>(p, t, -0.0001992571524726518);
            p = Step<V, T>(p, t, -0.0007577732435942576);
            p = Step<V, T>(p, t, 0.005031970069102256);
            p = Step<V, T>(p, t, -0.01619773406293477);
            p = Step<V, T>(p, t, 0.037167515526338006);
            p = Step<V, T>(p, t, -0.06633036581186058);
            p = Step<V, T>(p, t, 0.09373283499911264);
            p = Step<V, T>(p, t, -0.10103906603631811);
            p = Step<V, T>(p, t, 0.06809705425466839);
            p = Step<V, T>(p, t, 0.015379652102619974);
            p = Step<V, T>(p, t, -0.13962111684056228);
            p = Step<V, T>(p, t, 1.2329951186255526);
        }

        return p;
    }
}
