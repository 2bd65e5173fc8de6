using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>Derivatives of e^(−u²/2), (−1)^n·He_n(u)·e^(−u²/2), with Hermite's polynomials He of the probabilists.</summary>
internal static class GaussianDerivatives
{
    /// <summary>He_n, n from 0 to 7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Hermite<V, T>(V u, V square, int n)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => n switch
        {
            0 => SimdMath.Constant<V, T>(1),
            1 => u,
            2 => square - SimdMath.Constant<V, T>(1),
            3 => (square - SimdMath.Constant<V, T>(3)) * u,
            4 => V.MultiplyAdd(square - SimdMath.Constant<V, T>(6), square, SimdMath.Constant<V, T>(3)),
            5 => V.MultiplyAdd(square - SimdMath.Constant<V, T>(10), square, SimdMath.Constant<V, T>(15)) * u,
            6 => V.MultiplyAdd(V.MultiplyAdd(square - SimdMath.Constant<V, T>(15), square, SimdMath.Constant<V, T>(45)), square, SimdMath.Constant<V, T>(-15)),
            _ => V.MultiplyAdd(V.MultiplyAdd(square - SimdMath.Constant<V, T>(21), square, SimdMath.Constant<V, T>(105)), square, SimdMath.Constant<V, T>(-105)) * u,
        };

    /// <summary>The derivative of order n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V u, int n)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V square = u * u;
        V value = Hermite<V, T>(u, square, n) * SimdMath.ExpWithin<V, T>(SimdMath.Constant<V, T>(-0.5) * square);
        return (n & 1) == 0 ? value : -value;
    }

    /// <summary>Derivatives of order n and n + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pair<V, T>(V u, int n, out V value, out V next)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V square = u * u;
        V bell = SimdMath.ExpWithin<V, T>(SimdMath.Constant<V, T>(-0.5) * square);
        V even = Hermite<V, T>(u, square, n) * bell, odd = Hermite<V, T>(u, square, n + 1) * bell;
        (value, next) = (n & 1) == 0 ? (even, -odd) : (-even, odd);
    }

    /// <summary>There the exponential is 2e-37 in single and 6e-298 in double precision, the last numbers before the denormal ones.</summary>
    public static double Bound<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float) ? 13 : 37;
}

/// <summary>(1 − u²)·e^(−u²/2), minus the second derivative of the Gaussian.</summary>
internal readonly struct MexicanHatShape : IWaveletShape
{
    /// <summary>2/(√3·π^¼).</summary>
    public static double Amplitude { get; } = 2 / (Math.Sqrt(3) * Math.Pow(Math.PI, 0.25));

    public static double Bound<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => GaussianDerivatives.Bound<T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V u, int order)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (order > 0)
            return -GaussianDerivatives.Value<V, T>(u, order + 2);
        V square = u * u;
        return (SimdMath.Constant<V, T>(1) - square) * SimdMath.ExpWithin<V, T>(SimdMath.Constant<V, T>(-0.5) * square);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pair<V, T>(V u, int order, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        GaussianDerivatives.Pair<V, T>(u, order + 2, out value, out slope);
        (value, slope) = (-value, -slope);
    }
}

/// <summary>−u·e^(−u²/2), the first derivative of the Gaussian.</summary>
internal readonly struct GaussianSlopeShape : IWaveletShape
{
    /// <summary>√2/π^¼.</summary>
    public static double Amplitude { get; } = Math.Sqrt(2) / Math.Pow(Math.PI, 0.25);

    public static double Bound<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => GaussianDerivatives.Bound<T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V u, int order)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => GaussianDerivatives.Value<V, T>(u, order + 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pair<V, T>(V u, int order, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => GaussianDerivatives.Pair<V, T>(u, order + 1, out value, out slope);
}
