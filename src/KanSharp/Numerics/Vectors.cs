using System.Numerics;
using System.Runtime.InteropServices;

namespace KanSharp.Numerics;

/// <summary>Dot product and scaled addition of contiguous vectors, in the widest registers: what the factorisations are made of.</summary>
internal static class Vectors
{
    /// <summary>Σ xᵢ·yᵢ.</summary>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdWidths.Best switch
        {
            SimdWidth.Bits512 => Dot<Simd512<T>, T>(x, y),
            SimdWidth.Bits256 => Dot<Simd256<T>, T>(x, y),
            SimdWidth.Bits128 => Dot<Simd128<T>, T>(x, y),
            _ => Dot<SimdScalar<T>, T>(x, y),
        };

    /// <summary>y = y + factor·x.</summary>
    public static void AddScaled<T>(T factor, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (SimdWidths.Best)
        {
            case SimdWidth.Bits512:
                AddScaled<Simd512<T>, T>(factor, x, y);
                break;
            case SimdWidth.Bits256:
                AddScaled<Simd256<T>, T>(factor, x, y);
                break;
            case SimdWidth.Bits128:
                AddScaled<Simd128<T>, T>(factor, x, y);
                break;
            default:
                AddScaled<SimdScalar<T>, T>(factor, x, y);
                break;
        }
    }

    public static T Dot<TV, T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        ref T px = ref MemoryMarshal.GetReference(x);
        ref T py = ref MemoryMarshal.GetReference(y);
        int i = 0;
        TV s0 = TV.Zero, s1 = TV.Zero;
        for (; i <= x.Length - (2 * TV.Count); i += 2 * TV.Count)
        {
            s0 = TV.MultiplyAdd(TV.Load(ref px, i), TV.Load(ref py, i), s0);
            s1 = TV.MultiplyAdd(TV.Load(ref px, i + TV.Count), TV.Load(ref py, i + TV.Count), s1);
        }

        for (; i <= x.Length - TV.Count; i += TV.Count)
            s0 = TV.MultiplyAdd(TV.Load(ref px, i), TV.Load(ref py, i), s0);
        T sum = TV.Sum(s0 + s1);
        for (; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    public static void AddScaled<TV, T>(T factor, ReadOnlySpan<T> x, Span<T> y)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        ref T px = ref MemoryMarshal.GetReference(x);
        ref T py = ref MemoryMarshal.GetReference(y);
        TV f = TV.Broadcast(factor);
        int i = 0;
        for (; i <= x.Length - TV.Count; i += TV.Count)
            TV.Store(TV.MultiplyAdd(f, TV.Load(ref px, i), TV.Load(ref py, i)), ref py, i);
        for (; i < x.Length; i++)
            y[i] = T.FusedMultiplyAdd(factor, x[i], y[i]);
    }
}
