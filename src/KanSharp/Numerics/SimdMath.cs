using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>
/// Elementary functions on registers. Lane by lane the same operations at every width, so results have the same bits at every width.
/// </summary>
/// <remarks>
/// Arguments are reduced with fused multiply-adds (Cody and Waite) so that the reduction is exact or nearly so. The polynomials
/// interpolate the exact function at the Chebyshev nodes of the reduced interval, computed with 300 bits and rounded once; their
/// degrees leave an approximation error below a third of an ulp. NaN goes through every function.
/// </remarks>
internal static partial class SimdMath
{
    /// <summary>The value in every lane, rounded to T. With a literal the JIT folds it to a constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Constant<V, T>(double value)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float)
            ? V.Broadcast(Unsafe.BitCast<float, T>((float)value))
            : V.Broadcast(Unsafe.BitCast<double, T>(value));

    /// <summary>Magnitude of <paramref name="magnitude"/> with the sign of <paramref name="sign"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V CopySign<V, T>(V magnitude, V sign)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Abs(magnitude) | (sign & SignBit<V, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SignBit<V, T>()
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Constant<V, T>(-0.0);

    /// <summary>xⁿ for a small n, by multiplication.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Power<V, T>(V x, int exponent)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V power = Constant<V, T>(1);
        for (int n = 0; n < exponent; n++)
            power *= x;
        return power;
    }

    /// <summary>One step of Horner's rule: p·x + c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Step<V, T>(V p, V x, double c)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.MultiplyAdd(p, x, Constant<V, T>(c));
}
