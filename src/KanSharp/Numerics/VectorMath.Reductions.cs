using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KanSharp.Numerics;

/// <summary>
/// Reductions. Four accumulators take registers in turn and are combined as (a₀∘a₁)∘(a₂∘a₃), then lane by lane: one fixed order for a
/// given length and width.
/// </summary>
internal static partial class VectorMath
{
    /// <summary>Σ x.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Reduce<SumOf, T>(x, x, width);

    /// <summary>Σ x².</summary>
    public static T SumOfSquares<T>(ReadOnlySpan<T> x, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Reduce<SumOfProducts, T>(x, x, width);

    /// <summary>Σ x·y.</summary>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Reduce<SumOfProducts, T>(x, y, width);

    /// <summary>Largest |x|, 0 for an empty span, NaN if any is.</summary>
    public static T MaxAbs<T>(ReadOnlySpan<T> x, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Reduce<LargestMagnitude, T>(x, x, width);

    /// <summary>Largest x, −∞ for an empty span, NaN if any is.</summary>
    public static T Max<T>(ReadOnlySpan<T> x, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Reduce<Largest, T>(x, x, width);

    /// <summary>True if no element is NaN or infinite.</summary>
    public static bool AllFinite<T>(ReadOnlySpan<T> x, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Reduce<SumOfNothing, T>(x, x, width) == T.Zero;

    /// <summary>Index of the first NaN or infinite element, −1 if there is none.</summary>
    public static int IndexOfNonFinite<T>(ReadOnlySpan<T> x, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (AllFinite(x, width))
            return -1;
        int i = 0;
        while (T.IsFinite(x[i]))
            i++;
        return i;
    }

    private static T Reduce<TReduction, T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, SimdWidth width)
        where TReduction : struct, IReduction
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SpanChecks.SameLength(x.Length, y.Length, nameof(y));
        return width switch
        {
            SimdWidth.Bits512 => Reduce<TReduction, Simd512<T>, T>(x, y),
            SimdWidth.Bits256 => Reduce<TReduction, Simd256<T>, T>(x, y),
            SimdWidth.Bits128 => Reduce<TReduction, Simd128<T>, T>(x, y),
            _ => Reduce<TReduction, SimdScalar<T>, T>(x, y),
        };
    }

    private static T Reduce<TReduction, V, T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where TReduction : struct, IReduction
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T left = ref MemoryMarshal.GetReference(x);
        ref T right = ref MemoryMarshal.GetReference(y);
        V start = V.Broadcast(TReduction.Start<T>());
        V a = start, b = start, c = start, d = start;
        int count = V.Count;
        nint i = 0;
        for (; i <= x.Length - 4 * count; i += 4 * count)
        {
            a = TReduction.Accumulate<V, T>(a, V.Load(in left, i), V.Load(in right, i));
            b = TReduction.Accumulate<V, T>(b, V.Load(in left, i + count), V.Load(in right, i + count));
            c = TReduction.Accumulate<V, T>(c, V.Load(in left, i + 2 * count), V.Load(in right, i + 2 * count));
            d = TReduction.Accumulate<V, T>(d, V.Load(in left, i + 3 * count), V.Load(in right, i + 3 * count));
        }

        for (; i <= x.Length - count; i += count)
            a = TReduction.Accumulate<V, T>(a, V.Load(in left, i), V.Load(in right, i));
        V total = TReduction.Combine<V, T>(TReduction.Combine<V, T>(a, b), TReduction.Combine<V, T>(c, d));
        SimdScalar<T> result = Fold<TReduction, V, T>(total);
        for (; i < x.Length; i++)
            result = TReduction.Accumulate<SimdScalar<T>, T>(result, new(x[(int)i]), new(y[(int)i]));
        return SimdScalar<T>.Sum(result);
    }

    private static SimdScalar<T> Fold<TReduction, V, T>(V value)
        where TReduction : struct, IReduction
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T lanes = ref Unsafe.As<V, T>(ref value);
        SimdScalar<T> result = new(lanes);
        for (int lane = 1; lane < V.Count; lane++)
            result = TReduction.Combine<SimdScalar<T>, T>(result, new(Unsafe.Add(ref lanes, lane)));
        return result;
    }
}
