using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// cos(ωu)·e^(−u²/2) with ω = 5, the real part of e^z with z = iωu − u²/2. With w = iω − u its derivatives are the real parts of g_n·e^z, g_0 = 1, g_1 = w,
/// g_{n+1} = w·g_n − n·g_{n−1}.
/// </summary>
internal readonly struct CosineGaussianShape : IWaveletShape
{
    /// <summary>ω.</summary>
    public const double Omega = 5;

    public static double Bound<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => GaussianDerivatives.Bound<T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V u, int order)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (order > 0)
        {
            Pair<V, T>(u, order, out V value, out _);
            return value;
        }

        return SimdMath.Cos<V, T>(SimdMath.Constant<V, T>(Omega) * u) * SimdMath.ExpWithin<V, T>(SimdMath.Constant<V, T>(-0.5) * u * u);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pair<V, T>(V u, int order, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V bell = SimdMath.ExpWithin<V, T>(SimdMath.Constant<V, T>(-0.5) * u * u);
        V angle = SimdMath.Constant<V, T>(Omega) * u;
        V cosine = SimdMath.Cos<V, T>(angle) * bell, sine = SimdMath.Sin<V, T>(angle) * bell;
        value = Part<V, T>(u, cosine, sine, order);
        slope = Part<V, T>(u, cosine, sine, order + 1);
    }

    /// <summary>Re((a + ib)·(cos + i·sin)) = a·cos − b·sin for g_n = a + ib.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Part<V, T>(V u, V cosine, V sine, int n)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V omega = SimdMath.Constant<V, T>(Omega), square = u * u;
        switch (n)
        {
            case 0:
                return cosine;
            case 1:
                return -V.MultiplyAdd(u, cosine, omega * sine);
            case 2:
                return V.MultiplyAdd(square - SimdMath.Constant<V, T>(Omega * Omega + 1), cosine, SimdMath.Constant<V, T>(2 * Omega) * u * sine);
            case 3:
                V real = (SimdMath.Constant<V, T>(3 * Omega * Omega + 3) - square) * u;
                V imaginary = V.MultiplyAdd(SimdMath.Constant<V, T>(3), square, SimdMath.Constant<V, T>(-Omega * Omega - 3)) * omega;
                return V.MultiplyAdd(real, cosine, -(imaginary * sine));
            default:
                return HighPart<V, T>(u, cosine, sine, n);
        }
    }

    /// <summary>The same by the recurrence of g_n.</summary>
    private static V HighPart<V, T>(V u, V cosine, V sine, int n)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V omega = SimdMath.Constant<V, T>(Omega), before = SimdMath.Constant<V, T>(1), beforeImaginary = V.Zero, real = -u, imaginary = omega;
        for (int k = 1; k < n; k++)
        {
            V factor = SimdMath.Constant<V, T>(-k);
            V next = V.MultiplyAdd(-u, real, V.MultiplyAdd(-omega, imaginary, factor * before));
            V nextImaginary = V.MultiplyAdd(-u, imaginary, V.MultiplyAdd(omega, real, factor * beforeImaginary));
            (before, beforeImaginary, real, imaginary) = (real, imaginary, next, nextImaginary);
        }

        return V.MultiplyAdd(real, cosine, -(imaginary * sine));
    }
}

/// <summary>(cos ωu − κ)·e^(−u²/2) with κ = e^(−ω²/2), so that the mean is 0 (Grossmann and Morlet, SIAM J. Math. Anal. 15, 1984).</summary>
internal readonly struct MorletShape : IWaveletShape
{
    internal const double Kappa = 3.7266531720786709e-6;

    /// <summary>1 over the L2 norm, whose square is √π·(½ + ½e^(−ω²) − 2κ·e^(−ω²/4) + κ²).</summary>
    public static double Amplitude { get; } = 1 / Math.Sqrt(
        Math.Sqrt(Math.PI) * (0.5 + 0.5 * Math.Exp(-CosineGaussianShape.Omega * CosineGaussianShape.Omega)
            - 2 * Kappa * Math.Exp(-CosineGaussianShape.Omega * CosineGaussianShape.Omega / 4) + Kappa * Kappa));

    public static double Bound<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => GaussianDerivatives.Bound<T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V u, int order)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.MultiplyAdd(SimdMath.Constant<V, T>(-Kappa), GaussianDerivatives.Value<V, T>(u, order), CosineGaussianShape.Value<V, T>(u, order));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pair<V, T>(V u, int order, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CosineGaussianShape.Pair<V, T>(u, order, out value, out slope);
        GaussianDerivatives.Pair<V, T>(u, order, out V bell, out V next);
        V kappa = SimdMath.Constant<V, T>(-Kappa);
        value = V.MultiplyAdd(kappa, bell, value);
        slope = V.MultiplyAdd(kappa, next, slope);
    }
}
