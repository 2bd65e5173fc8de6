using System.Numerics;
using System.Runtime.InteropServices;

namespace KanSharp.Numerics;

/// <summary>
/// Elementwise arithmetic on spans of equal length. The target may be one of the sources. Filling and copying need nothing of ours:
/// <see cref="Span{T}.Fill"/> and <see cref="Span{T}.CopyTo"/> are vectorised.
/// </summary>
internal static partial class VectorMath
{
    /// <summary>target = x + y.</summary>
    public static void Add<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> target, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Elementwise.Zip<Plus, T>(x, y, T.Zero, target, width);

    /// <summary>target = x − y.</summary>
    public static void Subtract<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> target, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Elementwise.Zip<Minus, T>(x, y, T.Zero, target, width);

    /// <summary>target = x · y.</summary>
    public static void Multiply<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> target, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Elementwise.Zip<Times, T>(x, y, T.Zero, target, width);

    /// <summary>target = x / y.</summary>
    public static void Divide<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> target, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Elementwise.Zip<Over, T>(x, y, T.Zero, target, width);

    /// <summary>target = a · x.</summary>
    public static void Scale<T>(T a, ReadOnlySpan<T> x, Span<T> target, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Elementwise.Zip<Scaled, T>(x, x, a, target, width);

    /// <summary>target = target + a · x, rounded once.</summary>
    public static void MultiplyAdd<T>(T a, ReadOnlySpan<T> x, Span<T> target, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Elementwise.Zip<ScaledPlus, T>(x, target, a, target, width);

    /// <summary>target = target + x · y, rounded once.</summary>
    public static void MultiplyAdd<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> target, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SpanChecks.SameLength(x.Length, y.Length, nameof(y));
        SpanChecks.SameLength(x.Length, target.Length, nameof(target));
        switch (width)
        {
            case SimdWidth.Bits512: MultiplyAdd<Simd512<T>, T>(x, y, target); break;
            case SimdWidth.Bits256: MultiplyAdd<Simd256<T>, T>(x, y, target); break;
            case SimdWidth.Bits128: MultiplyAdd<Simd128<T>, T>(x, y, target); break;
            default: MultiplyAdd<SimdScalar<T>, T>(x, y, target); break;
        }
    }

    private static void MultiplyAdd<V, T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> target)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T left = ref MemoryMarshal.GetReference(x);
        ref T right = ref MemoryMarshal.GetReference(y);
        ref T sum = ref MemoryMarshal.GetReference(target);
        int whole = x.Length - x.Length % V.Count;
        for (nint i = 0; i < whole; i += V.Count)
            V.Store(V.MultiplyAdd(V.Load(in left, i), V.Load(in right, i), V.Load(in sum, i)), ref sum, i);
        for (int i = whole; i < x.Length; i++)
            target[i] = T.FusedMultiplyAdd(x[i], y[i], target[i]);
    }
}
