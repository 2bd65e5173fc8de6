using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KanSharp.Numerics;

/// <content>A derivative together with the next one.</content>
public sealed partial class Activation
{
    /// <summary>
    /// y[i] = f⁽ᵒʳᵈᵉʳ⁾(x[i]) and next[i] = f⁽ᵒʳᵈᵉʳ⁺¹⁾(x[i]), to the bit as <see cref="Evaluate{T}(int, ReadOnlySpan{T}, Span{T}, SimdWidth)"/> gives
    /// them. For the function that layers have as a rule the exponential is computed once.
    /// </summary>
    internal void EvaluatePair<T>(int order, ReadOnlySpan<T> x, Span<T> y, Span<T> next, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (_kind != Kind.SiLU || order != 0)
        {
            Evaluate(order, x, y, width);
            Evaluate(order + 1, x, next, width);
            return;
        }

        SpanChecks.SameLength(x.Length, y.Length, nameof(y));
        SpanChecks.SameLength(x.Length, next.Length, nameof(next));
        switch (width)
        {
            case SimdWidth.Bits512: SiLUPair<Simd512<T>, T>(x, y, next); break;
            case SimdWidth.Bits256: SiLUPair<Simd256<T>, T>(x, y, next); break;
            case SimdWidth.Bits128: SiLUPair<Simd128<T>, T>(x, y, next); break;
            default: SiLUPair<SimdScalar<T>, T>(x, y, next); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SiLUPair<V, T>(ReadOnlySpan<T> x, Span<T> y, Span<T> next)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T source = ref MemoryMarshal.GetReference(x);
        ref T values = ref MemoryMarshal.GetReference(y);
        ref T slopes = ref MemoryMarshal.GetReference(next);
        int whole = x.Length - x.Length % V.Count;
        for (nint i = 0; i < whole; i += V.Count)
        {
            V.Store(SiLUFunction.ValueAndFirst<V, T>(V.Load(in source, i), out V slope), ref values, i);
            V.Store(slope, ref slopes, i);
        }

        int rest = x.Length - whole;
        if (rest == 0)
            return;
        V.StorePartial(SiLUFunction.ValueAndFirst<V, T>(V.LoadPartial(in source, whole, rest), out V last), ref values, whole, rest);
        V.StorePartial(last, ref slopes, whole, rest);
    }
}
