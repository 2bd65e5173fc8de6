using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// The Meyer wavelet about its middle ½ (Daubechies, Ten Lectures on Wavelets, 1992, section 4.2.1): ψ(½ + v) = (1/π)·∫ A(ω)·cos ωv dω with A(ω) = sin(π/2·ν(3ω/2π − 1))
/// on [2π/3, 4π/3] and cos(π/2·ν(3ω/4π − 1)) on [4π/3, 8π/3], ν(t) = t⁴·(35 − 84t + 70t² − 20t³). The integral is the sum of the trapezoidal rule over
/// <see cref="Nodes"/> frequencies, which for a band of this smoothness is exact but for what has not decayed at <see cref="Reach"/>; from there on the function is 0.
/// The middle is put to u = 0, so that the wavelet is even like the others.
/// </summary>
internal readonly struct MeyerShape : IWaveletShape
{
    /// <summary>Frequencies of the sum, 2π/48 apart.</summary>
    public const int Nodes = 47;

    /// <summary>Half the period of the sum.</summary>
    public const double Reach = 24;

    private const double Step = 2 * Math.PI / 48;
    private const int First = 17;

    public static double Bound<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => 1e6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V u, int order)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Pair<V, T>(u, order, out V value, out _);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pair<V, T>(V u, int order, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V inside = V.LessThan(V.Abs(u), SimdMath.Constant<V, T>(Reach)), v = V.Select(inside, u, V.Zero);
        Waves<V, T>(SimdMath.Constant<V, T>(Step) * v, out V turnSine, out V turnCosine);
        Waves<V, T>(SimdMath.Constant<V, T>(First * Step) * v, out V sine, out V cosine);
        // cos → −sin → −cos → sin; the signs are in the weights, and with both exchanged they turn the other way
        if ((order & 1) == 0)
            Sum(cosine, sine, turnCosine, turnSine, MeyerWeights<T>.Of(order), MeyerWeights<T>.Of(order + 1), out value, out slope);
        else
            Sum(sine, cosine, turnCosine, -turnSine, MeyerWeights<T>.Of(order), MeyerWeights<T>.Of(order + 1), out value, out slope);
        V outside = V.Select(V.EqualTo(u, u), V.Zero, u);
        value = V.Select(inside, value, outside);
        slope = V.Select(inside, slope, outside);
    }

    // calls cost nothing beside the sum, and a loop with four of these inlined is more than the compiler takes in
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Waves<V, T>(V angle, out V sine, out V cosine)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        sine = SimdMath.Sin<V, T>(angle);
        cosine = SimdMath.Cos<V, T>(angle);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Sum<V, T>(V first, V second, V turnCosine, V turn, T[] firstWeights, T[] secondWeights, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V sum = V.Zero, next = V.Zero;
        for (int k = 0; k < firstWeights.Length; k++)
        {
            sum = V.MultiplyAdd(V.Broadcast(firstWeights[k]), first, sum);
            next = V.MultiplyAdd(V.Broadcast(secondWeights[k]), second, next);
            V turned = V.MultiplyAdd(first, turnCosine, -(second * turn));
            second = V.MultiplyAdd(second, turnCosine, first * turn);
            first = turned;
        }

        (value, slope) = (sum, next);
    }

    /// <summary>ν(t), 0 below 0 and 1 above 1.</summary>
    public static double Rise(double t)
    {
        t = Math.Clamp(t, 0, 1);
        return t * t * t * t * (35 + t * (-84 + t * (70 - 20 * t)));
    }

    /// <summary>Weight of frequency k in the sum, and the frequency.</summary>
    public static (double Weight, double Omega) Node(int k)
    {
        double omega = (First + k) * Step;
        double band = omega < 4 * Math.PI / 3
            ? Math.Sin(Math.PI / 2 * Rise(3 * omega / (2 * Math.PI) - 1))
            : Math.Cos(Math.PI / 2 * Rise(3 * omega / (4 * Math.PI) - 1));
        return (Step / Math.PI * band, omega);
    }
}

/// <summary>The weights of the Meyer wavelet's sum and of its derivatives.</summary>
internal static class MeyerWeights<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T[][] s_orders = [.. Enumerable.Range(0, DerivativeOrder.Highest + 1).Select(Weights)];

    /// <summary>Weights of the derivative of an order with its sign.</summary>
    public static T[] Of(int order) => s_orders[order];

    private static T[] Weights(int order) =>
    [
        .. Enumerable.Range(0, MeyerShape.Nodes).Select(k =>
        {
            (double weight, double omega) = MeyerShape.Node(k);
            return T.CreateTruncating((((order + 1) & 2) == 0 ? 1 : -1) * weight * Math.Pow(omega, order));
        }),
    ];
}

/// <summary>
/// What the public code calls Meyer: sin(π|u|)·A(|u|) with A = 1 up to ½, cos(π/2·ν(2v − 1)) to 1, then 0. Even, with a kink at 0, and not of mean 0.
/// </summary>
internal readonly struct MeyerTaperShape : IWaveletShape
{
    public static double Bound<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => 1e6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V u, int order)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (order < 3)
            return Derivative<V, T>(u, order);
        Pair<V, T>(u, order, out V value, out _);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pair<V, T>(V u, int order, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (order > 1)
        {
            HighPair<V, T>(u, order, out value, out slope);
            return;
        }

        value = Derivative<V, T>(u, order);
        slope = Derivative<V, T>(u, order + 1);
    }

    /// <summary>High orders by power series, those of the pieces: from the fourth on they jump at |u| = ½ and 1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void HighPair<V, T>(V u, int order, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int last = order + 1;
        V one = SimdMath.Constant<V, T>(1), two = SimdMath.Constant<V, T>(2), pi = SimdMath.Constant<V, T>(Math.PI), v = V.Abs(u), near = V.Min(v, one);
        V t = V.Max(V.MultiplyAdd(two, near, -one), V.Zero), tapers = V.LessThan(V.Zero, t);
        TaylorSeries<V> angle = Taylor<V, T>.Constant(SimdMath.Constant<V, T>(-20));
        foreach (int coefficient in (ReadOnlySpan<int>)[70, -84, 35])
        {
            Taylor<V, T>.MultiplyLine(ref angle, t, two, last);
            angle[0] += SimdMath.Constant<V, T>(coefficient);
        }

        for (int factor = 0; factor < 4; factor++)
            Taylor<V, T>.MultiplyLine(ref angle, t, two, last);
        for (int k = 0; k <= last; k++)
            angle[k] = V.Select(tapers, SimdMath.Constant<V, T>(Math.PI / 2) * angle[k], V.Zero);
        Taylor<V, T>.SineCosine(angle, last, out _, out TaylorSeries<V> taper);
        TaylorSeries<V> turn = Taylor<V, T>.Constant(pi * near);
        turn[1] = pi;
        Taylor<V, T>.SineCosine(turn, last, out TaylorSeries<V> sine, out _);
        TaylorSeries<V> product = Taylor<V, T>.Multiply(sine, taper, last);
        V inside = V.LessThan(v, one), outside = V.Select(V.EqualTo(u, u), V.Zero, u), sign = SimdMath.CopySign<V, T>(one, u);
        value = V.Select(inside, Taylor<V, T>.Derivative(product, order), outside);
        slope = V.Select(inside, Taylor<V, T>.Derivative(product, last), outside);
        (value, slope) = (order & 1) == 0 ? (value, sign * slope) : (sign * value, slope);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Derivative<V, T>(V u, int order)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = SimdMath.Constant<V, T>(1), pi = SimdMath.Constant<V, T>(Math.PI), halfPi = SimdMath.Constant<V, T>(Math.PI / 2);
        V v = V.Abs(u), t = V.Min(V.Max(V.MultiplyAdd(SimdMath.Constant<V, T>(2), v, -one), V.Zero), one), rest = one - t;
        V near = V.Min(v, one);
        V sine = SimdMath.Sin<V, T>(pi * near), cosine = SimdMath.Cos<V, T>(pi * near);
        V cube = t * t * t;
        V rise = cube * t * V.MultiplyAdd(t, V.MultiplyAdd(t, V.MultiplyAdd(SimdMath.Constant<V, T>(-20), t, SimdMath.Constant<V, T>(70)), SimdMath.Constant<V, T>(-84)), SimdMath.Constant<V, T>(35));
        V theta = halfPi * rise, taper = SimdMath.Cos<V, T>(theta), other = SimdMath.Sin<V, T>(theta);
        // θ′ = π·ν′(2v − 1), θ″ = 2π·ν″, with ν′ = 140t³(1 − t)³, ν″ = 420t²(1 − t)²(1 − 2t)
        V slope = pi * SimdMath.Constant<V, T>(140) * cube * rest * rest * rest;
        V bend = SimdMath.Constant<V, T>(2 * 420 * Math.PI) * t * t * rest * rest * (rest - t);
        V first = -(other * slope), second = -V.MultiplyAdd(taper * slope, slope, other * bend);
        V result;
        if (order == 0)
            result = sine * taper;
        else if (order == 1)
            result = SimdMath.CopySign<V, T>(one, u) * V.MultiplyAdd(pi * cosine, taper, sine * first);
        else
            result = V.MultiplyAdd(-(pi * pi) * sine, taper, V.MultiplyAdd(SimdMath.Constant<V, T>(2) * pi * cosine, first, sine * second));
        return V.Select(V.LessThan(v, one), result, V.Select(V.EqualTo(u, u), V.Zero, u));
    }
}
