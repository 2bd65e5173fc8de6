using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>Runs an update rule over a range of one parameter: values, gradients and moments are read and written once.</summary>
internal static class UpdateDriver
{
    /// <summary>Applies the rule to elements [start, start + count).</summary>
    /// <returns>0 if every gradient was finite, else NaN.</returns>
    public static T Run<T, TRule>(TRule rule, ParameterSlot<T> slot, int start, int count, T scale, T limit, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule<T> => width switch
        {
            SimdWidth.Bits512 => Run<T, TRule, Simd512<T>>(rule, slot, start, count, scale, limit),
            SimdWidth.Bits256 => Run<T, TRule, Simd256<T>>(rule, slot, start, count, scale, limit),
            SimdWidth.Bits128 => Run<T, TRule, Simd128<T>>(rule, slot, start, count, scale, limit),
            _ => Run<T, TRule, SimdScalar<T>>(rule, slot, start, count, scale, limit),
        };

    private static T Run<T, TRule, TSimd>(TRule rule, ParameterSlot<T> slot, int start, int count, T scale, T limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule<T>
        where TSimd : unmanaged, ISimd<TSimd, T>
    {
        Span<T> values = slot.Parameter.Value.Array.AsSpan(start, count);
        ReadOnlySpan<T> gradients = slot.Parameter.GradientArray.AsSpan(start, count);
        Span<T> firsts = TRule.Moments > 0 ? slot.First.AsSpan(start, count) : values;
        Span<T> seconds = TRule.Moments > 1 ? slot.Second.AsSpan(start, count) : values;
        TSimd check = TSimd.Zero;
        TSimd scales = TSimd.Broadcast(scale);
        TSimd limits = TSimd.Broadcast(limit);
        int whole = count - count % TSimd.Count;
        for (int index = 0; index < whole; index += TSimd.Count)
        {
            TSimd value = TSimd.Load(ref values[0], index);
            TSimd first = TRule.Moments > 0 ? TSimd.Load(ref firsts[0], index) : default;
            TSimd second = TRule.Moments > 1 ? TSimd.Load(ref seconds[0], index) : default;
            TSimd gradient = TSimd.Load(in gradients[0], index);
            check += gradient - gradient;
            rule.Apply(ref value, TSimd.Max(TSimd.Min(gradient * scales, limits), -limits), ref first, ref second);
            TSimd.Store(value, ref values[0], index);
            if (TRule.Moments > 0)
                TSimd.Store(first, ref firsts[0], index);
            if (TRule.Moments > 1)
                TSimd.Store(second, ref seconds[0], index);
        }

        int rest = count - whole;
        if (rest > 0)
        {
            TSimd value = TSimd.LoadPartial(ref values[0], whole, rest);
            TSimd first = TRule.Moments > 0 ? TSimd.LoadPartial(ref firsts[0], whole, rest) : default;
            TSimd second = TRule.Moments > 1 ? TSimd.LoadPartial(ref seconds[0], whole, rest) : default;
            TSimd gradient = TSimd.LoadPartial(in gradients[0], whole, rest);
            check += gradient - gradient;
            rule.Apply(ref value, TSimd.Max(TSimd.Min(gradient * scales, limits), -limits), ref first, ref second);
            TSimd.StorePartial(value, ref values[0], whole, rest);
            if (TRule.Moments > 0)
                TSimd.StorePartial(first, ref firsts[0], whole, rest);
            if (TRule.Moments > 1)
                TSimd.StorePartial(second, ref seconds[0], whole, rest);
        }

        return TSimd.Sum(check);
    }
}
