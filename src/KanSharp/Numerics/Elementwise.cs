using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KanSharp.Numerics;

/// <summary>
/// The loops of elementwise functions: whole registers, then one partial register. A target may be one of the sources, but may not
/// overlap one partly. Every element goes through the same operations wherever it lies, so results do not depend on the width or on how
/// a span is cut.
/// </summary>
internal static class Elementwise
{
    /// <summary>target[i] = f(x[i]).</summary>
    public static void Map<TOperator, T>(ReadOnlySpan<T> x, Span<T> target, SimdWidth width)
        where TOperator : struct, IUnaryOperator
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SpanChecks.SameLength(x.Length, target.Length, nameof(target));
        switch (width)
        {
            case SimdWidth.Bits512: Map<TOperator, Simd512<T>, T>(x, target); break;
            case SimdWidth.Bits256: Map<TOperator, Simd256<T>, T>(x, target); break;
            case SimdWidth.Bits128: Map<TOperator, Simd128<T>, T>(x, target); break;
            default: Map<TOperator, SimdScalar<T>, T>(x, target); break;
        }
    }

    /// <summary>target[i] = factor[i] · f(x[i]): the backward step of an elementwise function whose derivative is f.</summary>
    public static void MapMultiply<TOperator, T>(ReadOnlySpan<T> x, ReadOnlySpan<T> factor, Span<T> target, SimdWidth width)
        where TOperator : struct, IUnaryOperator
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Zip<Multiplied<TOperator>, T>(x, factor, T.Zero, target, width);

    /// <summary>target[i] = f(x[i], y[i], parameter).</summary>
    public static void Zip<TOperator, T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, T parameter, Span<T> target, SimdWidth width)
        where TOperator : struct, IBinaryOperator
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SpanChecks.SameLength(x.Length, y.Length, nameof(y));
        SpanChecks.SameLength(x.Length, target.Length, nameof(target));
        switch (width)
        {
            case SimdWidth.Bits512: Zip<TOperator, Simd512<T>, T>(x, y, parameter, target); break;
            case SimdWidth.Bits256: Zip<TOperator, Simd256<T>, T>(x, y, parameter, target); break;
            case SimdWidth.Bits128: Zip<TOperator, Simd128<T>, T>(x, y, parameter, target); break;
            default: Zip<TOperator, SimdScalar<T>, T>(x, y, parameter, target); break;
        }
    }

    // Compiled by itself and with full optimisation at once: inlined into its callers it has run out of what the compiler inlines, at ten times the cost
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Map<TOperator, V, T>(ReadOnlySpan<T> x, Span<T> target)
        where TOperator : struct, IUnaryOperator
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T source = ref MemoryMarshal.GetReference(x);
        ref T result = ref MemoryMarshal.GetReference(target);
        int whole = x.Length - x.Length % V.Count;
        for (nint i = 0; i < whole; i += V.Count)
            V.Store(TOperator.Invoke<V, T>(V.Load(in source, i)), ref result, i);
        int rest = x.Length - whole;
        if (rest > 0)
            V.StorePartial(TOperator.Invoke<V, T>(V.LoadPartial(in source, whole, rest)), ref result, whole, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Zip<TOperator, V, T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, T parameter, Span<T> target)
        where TOperator : struct, IBinaryOperator
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T left = ref MemoryMarshal.GetReference(x);
        ref T right = ref MemoryMarshal.GetReference(y);
        ref T result = ref MemoryMarshal.GetReference(target);
        V constant = V.Broadcast(parameter);
        int whole = x.Length - x.Length % V.Count;
        for (nint i = 0; i < whole; i += V.Count)
            V.Store(TOperator.Invoke<V, T>(V.Load(in left, i), V.Load(in right, i), constant), ref result, i);
        int rest = x.Length - whole;
        if (rest == 0)
            return;
        V last = TOperator.Invoke<V, T>(V.LoadPartial(in left, whole, rest), V.LoadPartial(in right, whole, rest), constant);
        V.StorePartial(last, ref result, whole, rest);
    }

    private readonly struct Multiplied<TOperator> : IBinaryOperator
        where TOperator : struct, IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<V, T>(V x, V y, V parameter)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            y * TOperator.Invoke<V, T>(x);
    }
}
