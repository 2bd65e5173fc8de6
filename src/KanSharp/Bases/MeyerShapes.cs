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

    private static readonly double[] s_weights = Weights();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void At<V, T>(V u, int order, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V reach = SimdMath.Constant<V, T>(Reach);
        V inside = V.LessThan(V.Abs(u), reach), v = V.Select(inside, u, V.Zero);
        V step = SimdMath.Constant<V, T>(Step) * v, first = SimdMath.Constant<V, T>(17 * Step) * v;
        V turnSine = SimdMath.Sin<V, T>(step), turnCosine = SimdMath.Cos<V, T>(step);
        V sine = SimdMath.Sin<V, T>(first), cosine = SimdMath.Cos<V, T>(first);
        V sum = V.Zero, next = V.Zero;
        for (int k = 0; k < Nodes; k++)
        {
            double omega = (17 + k) * Step, weight = s_weights[k];
            for (int n = 0; n < order; n++)
                weight *= omega;
            V factor = SimdMath.Constant<V, T>(weight), steeper = SimdMath.Constant<V, T>(weight * omega);
            // cos → −sin → −cos → sin
            V now = order == 0 ? cosine : order == 1 ? -sine : -cosine, then = order == 0 ? -sine : order == 1 ? -cosine : sine;
            sum = V.MultiplyAdd(factor, now, sum);
            next = V.MultiplyAdd(steeper, then, next);
            V turned = V.MultiplyAdd(cosine, turnCosine, -(sine * turnSine));
            sine = V.MultiplyAdd(sine, turnCosine, cosine * turnSine);
            cosine = turned;
        }

        V outside = V.Select(V.EqualTo(u, u), V.Zero, u);
        value = V.Select(inside, sum, outside);
        slope = V.Select(inside, next, outside);
    }

    /// <summary>ν(t), 0 below 0 and 1 above 1.</summary>
    public static double Rise(double t)
    {
        t = Math.Clamp(t, 0, 1);
        return t * t * t * t * (35 + t * (-84 + t * (70 - 20 * t)));
    }

    private static double[] Weights()
    {
        var weights = new double[Nodes];
        for (int k = 0; k < Nodes; k++)
        {
            double omega = (17 + k) * Step;
            double band = omega < 4 * Math.PI / 3
                ? Math.Sin(Math.PI / 2 * Rise(3 * omega / (2 * Math.PI) - 1))
                : Math.Cos(Math.PI / 2 * Rise(3 * omega / (4 * Math.PI) - 1));
            weights[k] = Step / Math.PI * band;
        }

        return weights;
    }
}

/// <summary>
/// What the public code calls Meyer: sin(π|u|)·A(|u|) with A = 1 up to ½, cos(π/2·ν(2v − 1)) to 1, then 0. Even, with a kink at 0, and not of mean 0.
/// </summary>
internal readonly struct MeyerTaperShape : IWaveletShape
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void At<V, T>(V u, int order, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        value = Derivative<V, T>(u, order);
        slope = Derivative<V, T>(u, order + 1);
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
