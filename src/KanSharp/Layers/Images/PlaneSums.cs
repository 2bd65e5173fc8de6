using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>Sums over a run of elements that normalisation needs; two accumulators, a fixed order for a given length and width.</summary>
internal static class PlaneSums
{
    /// <summary>Σ (x − mean)².</summary>
    public static T SquaredDeviations<T>(SimdWidth width, ReadOnlySpan<T> x, T mean)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Products<Deviation, T>(width, x, x, mean);

    /// <summary>Σ g·(x − mean).</summary>
    public static T Deviations<T>(SimdWidth width, ReadOnlySpan<T> gradient, ReadOnlySpan<T> x, T mean)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Products<GradientOfScale, T>(width, gradient, x, mean);

    /// <summary>Σ g·x where x is not positive.</summary>
    public static T Negatives<T>(SimdWidth width, ReadOnlySpan<T> gradient, ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Products<GradientOfSlope, T>(width, gradient, x, T.Zero);

    private static T Products<TTerm, T>(SimdWidth width, ReadOnlySpan<T> left, ReadOnlySpan<T> right, T parameter)
        where TTerm : struct, ITerm
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SpanChecks.SameLength(left.Length, right.Length, nameof(right));
        return width switch
        {
            SimdWidth.Bits512 => Products<TTerm, Simd512<T>, T>(left, right, parameter),
            SimdWidth.Bits256 => Products<TTerm, Simd256<T>, T>(left, right, parameter),
            SimdWidth.Bits128 => Products<TTerm, Simd128<T>, T>(left, right, parameter),
            _ => Products<TTerm, SimdScalar<T>, T>(left, right, parameter),
        };
    }

    private static T Products<TTerm, TV, T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, T parameter)
        where TTerm : struct, ITerm
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T first = ref MemoryMarshal.GetReference(left);
        ref T second = ref MemoryMarshal.GetReference(right);
        TV constant = TV.Broadcast(parameter);
        TV a = TV.Zero, b = TV.Zero;
        nint i = 0;
        for (; i <= left.Length - 2 * TV.Count; i += 2 * TV.Count)
        {
            a = TTerm.Add<TV, T>(a, TV.Load(in first, i), TV.Load(in second, i), constant);
            b = TTerm.Add<TV, T>(b, TV.Load(in first, i + TV.Count), TV.Load(in second, i + TV.Count), constant);
        }

        for (; i <= left.Length - TV.Count; i += TV.Count)
            a = TTerm.Add<TV, T>(a, TV.Load(in first, i), TV.Load(in second, i), constant);
        var total = new SimdScalar<T>(TV.Sum(a + b));
        for (; i < left.Length; i++)
            total = TTerm.Add<SimdScalar<T>, T>(total, new(left[(int)i]), new(right[(int)i]), new(parameter));
        return SimdScalar<T>.Sum(total);
    }

    /// <summary>What one element adds to a sum.</summary>
    private interface ITerm
    {
        static abstract TV Add<TV, T>(TV sum, TV left, TV right, TV parameter)
            where TV : unmanaged, ISimd<TV, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>;
    }

    private readonly struct Deviation : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TV Add<TV, T>(TV sum, TV left, TV right, TV parameter)
            where TV : unmanaged, ISimd<TV, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            TV deviation = left - parameter;
            return TV.MultiplyAdd(deviation, deviation, sum);
        }
    }

    private readonly struct GradientOfScale : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TV Add<TV, T>(TV sum, TV left, TV right, TV parameter)
            where TV : unmanaged, ISimd<TV, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.MultiplyAdd(left, right - parameter, sum);
    }

    private readonly struct GradientOfSlope : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TV Add<TV, T>(TV sum, TV left, TV right, TV parameter)
            where TV : unmanaged, ISimd<TV, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            sum + TV.Select(TV.LessThan(parameter, right), TV.Zero, left * right);
    }
}
