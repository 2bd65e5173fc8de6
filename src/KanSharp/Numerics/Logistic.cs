using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>The logistic function together with its complement, each with full relative accuracy.</summary>
internal static class Logistic
{
    /// <summary>σ(x); <paramref name="complement"/> is 1 − σ(x) = σ(−x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, T>(V x, out V complement)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V e = SimdMath.Exp<V, T>(-V.Abs(x));
        V large = SimdMath.Constant<V, T>(1) / (SimdMath.Constant<V, T>(1) + e);
        V small = e * large;
        V negative = V.LessThan(x, V.Zero);
        complement = V.Select(negative, large, small);
        return V.Select(negative, small, large);
    }

    /// <summary>x limited to where σ or its complement is not yet 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Clamp<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Min(V.Max(x, SimdMath.Constant<V, T>(-800)), SimdMath.Constant<V, T>(800));
}
