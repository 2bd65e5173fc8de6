using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>The elementwise steps of a normalisation over one run of elements, each in a single pass.</summary>
internal static class NormKernel
{
    /// <summary>y = (x − mean)·scale + shift.</summary>
    public static void Normalize<T>(SimdWidth width, ReadOnlySpan<T> x, Span<T> y, T mean, T scale, T shift)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SpanChecks.SameLength(x.Length, y.Length, nameof(y));
        switch (width)
        {
            case SimdWidth.Bits512: Normalize<Simd512<T>, T>(x, y, mean, scale, shift); break;
            case SimdWidth.Bits256: Normalize<Simd256<T>, T>(x, y, mean, scale, shift); break;
            case SimdWidth.Bits128: Normalize<Simd128<T>, T>(x, y, mean, scale, shift); break;
            default: Normalize<SimdScalar<T>, T>(x, y, mean, scale, shift); break;
        }
    }

    /// <summary>target = a·g + b·(x − mean) + c, or the same added to it.</summary>
    public static void Gradient<T>(
        SimdWidth width, ReadOnlySpan<T> gradient, ReadOnlySpan<T> x, Span<T> target, bool add, T mean, T a, T b, T c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SpanChecks.SameLength(gradient.Length, x.Length, nameof(x));
        SpanChecks.SameLength(gradient.Length, target.Length, nameof(target));
        switch (width)
        {
            case SimdWidth.Bits512: Gradient<Simd512<T>, T>(gradient, x, target, add, mean, a, b, c); break;
            case SimdWidth.Bits256: Gradient<Simd256<T>, T>(gradient, x, target, add, mean, a, b, c); break;
            case SimdWidth.Bits128: Gradient<Simd128<T>, T>(gradient, x, target, add, mean, a, b, c); break;
            default: Gradient<SimdScalar<T>, T>(gradient, x, target, add, mean, a, b, c); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Normalize<TV, T>(ReadOnlySpan<T> x, Span<T> y, T mean, T scale, T shift)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T source = ref MemoryMarshal.GetReference(x);
        ref T result = ref MemoryMarshal.GetReference(y);
        (TV center, TV factor, TV addend) = (TV.Broadcast(mean), TV.Broadcast(scale), TV.Broadcast(shift));
        int whole = x.Length - x.Length % TV.Count;
        for (nint i = 0; i < whole; i += TV.Count)
            TV.Store(TV.MultiplyAdd(TV.Load(in source, i) - center, factor, addend), ref result, i);
        int rest = x.Length - whole;
        if (rest > 0)
            TV.StorePartial(TV.MultiplyAdd(TV.LoadPartial(in source, whole, rest) - center, factor, addend), ref result, whole, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Gradient<TV, T>(ReadOnlySpan<T> gradient, ReadOnlySpan<T> x, Span<T> target, bool add, T mean, T a, T b, T c)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T slope = ref MemoryMarshal.GetReference(gradient);
        ref T source = ref MemoryMarshal.GetReference(x);
        ref T result = ref MemoryMarshal.GetReference(target);
        (TV center, TV first, TV second, TV third) = (TV.Broadcast(mean), TV.Broadcast(a), TV.Broadcast(b), TV.Broadcast(c));
        int whole = gradient.Length - gradient.Length % TV.Count;
        for (nint i = 0; i < whole; i += TV.Count)
        {
            TV part = TV.MultiplyAdd(first, TV.Load(in slope, i), TV.MultiplyAdd(second, TV.Load(in source, i) - center, third));
            TV.Store(add ? TV.Load(in result, i) + part : part, ref result, i);
        }

        int rest = gradient.Length - whole;
        if (rest == 0)
            return;
        TV last = TV.MultiplyAdd(
            first, TV.LoadPartial(in slope, whole, rest), TV.MultiplyAdd(second, TV.LoadPartial(in source, whole, rest) - center, third));
        TV.StorePartial(add ? TV.LoadPartial(in result, whole, rest) + last : last, ref result, whole, rest);
    }
}
