using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The last passes of a backward pass: from sums per feature to the gradients of parameters and inputs.</summary>
internal static class GradientKernels
{
    /// <summary>gradient[r, o] (+)= factor[o]·sums[r, o].</summary>
    /// <param name="width">SIMD width.</param>
    /// <param name="sums">Rows of <paramref name="padded"/> elements.</param>
    /// <param name="padded">Elements from one row of sums to the next.</param>
    /// <param name="factors">[O] or more, or empty for 1.</param>
    /// <param name="gradient">Rows of O elements.</param>
    /// <param name="outputs">O.</param>
    /// <param name="accumulate">Whether to add to the gradient.</param>
    public static void WriteCoefficients<T>(
        SimdWidth width, ReadOnlySpan<T> sums, int padded, ReadOnlySpan<T> factors, Span<T> gradient, int outputs, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!factors.IsEmpty)
            factors = factors[..outputs];
        for (int row = 0; row * outputs < gradient.Length; row++)
        {
            ReadOnlySpan<T> source = sums.Slice(row * padded, outputs);
            Span<T> target = gradient.Slice(row * outputs, outputs);
            if (accumulate && factors.IsEmpty)
                VectorMath.Add(target, source, target, width);
            else if (accumulate)
                VectorMath.MultiplyAdd(source, factors, target, width);
            else if (factors.IsEmpty)
                source.CopyTo(target);
            else
                VectorMath.Multiply(source, factors, target, width);
        }
    }

    /// <summary>gradient[o] (+)= mask[o]·Σ_r sums[r, o]·C[r, o].</summary>
    /// <param name="width">SIMD width.</param>
    /// <param name="sums">Rows of <paramref name="padded"/> elements.</param>
    /// <param name="padded">Elements from one row of sums to the next.</param>
    /// <param name="coefficients">Rows of O elements.</param>
    /// <param name="mask">[O], or empty for 1.</param>
    /// <param name="gradient">[O].</param>
    /// <param name="accumulate">Whether to add to the gradient.</param>
    public static void WriteScale<T>(
        SimdWidth width, ReadOnlySpan<T> sums, int padded, ReadOnlySpan<T> coefficients, ReadOnlySpan<T> mask, Span<T> gradient, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (width)
        {
            case SimdWidth.Bits512: Scale<Simd512<T>, T>(sums, padded, coefficients, mask, gradient, accumulate); break;
            case SimdWidth.Bits256: Scale<Simd256<T>, T>(sums, padded, coefficients, mask, gradient, accumulate); break;
            case SimdWidth.Bits128: Scale<Simd128<T>, T>(sums, padded, coefficients, mask, gradient, accumulate); break;
            default: Scale<SimdScalar<T>, T>(sums, padded, coefficients, mask, gradient, accumulate); break;
        }
    }

    /// <summary>Adds up the register of every point and writes the sum where the point came from.</summary>
    /// <param name="width">SIMD width.</param>
    /// <param name="registers">One register per point, in sorted order; readable up to a multiple of four points.</param>
    /// <param name="order">Row of every point.</param>
    /// <param name="target">The feature in the first row.</param>
    /// <param name="stride">Elements between two rows.</param>
    /// <param name="accumulate">Whether to add to the target.</param>
    public static void ScatterSums<T>(SimdWidth width, ref T registers, ReadOnlySpan<int> order, ref T target, int stride, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (width)
        {
            case SimdWidth.Bits512: Scatter<Simd512<T>, T>(ref registers, order, ref target, stride, accumulate); break;
            case SimdWidth.Bits256: Scatter<Simd256<T>, T>(ref registers, order, ref target, stride, accumulate); break;
            case SimdWidth.Bits128: Scatter<Simd128<T>, T>(ref registers, order, ref target, stride, accumulate); break;
            default: Scatter<SimdScalar<T>, T>(ref registers, order, ref target, stride, accumulate); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter<V, T>(ref T registers, ReadOnlySpan<int> order, ref T target, int stride, bool accumulate)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FourSums<T> sums = default;
        ref T sum = ref Unsafe.As<FourSums<T>, T>(ref sums);
        for (int start = 0; start < order.Length; start += 4)
        {
            HorizontalSum.OfFour<V, T>(ref Unsafe.Add(ref registers, start * V.Count), ref sum);
            int end = Math.Min(4, order.Length - start);
            for (int i = 0; i < end; i++)
            {
                ref T one = ref Unsafe.Add(ref target, (nint)order[start + i] * stride);
                one = accumulate ? one + Unsafe.Add(ref sum, i) : Unsafe.Add(ref sum, i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale<V, T>(
        ReadOnlySpan<T> sums, int padded, ReadOnlySpan<T> coefficients, ReadOnlySpan<T> mask, Span<T> gradient, bool accumulate)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outputs = gradient.Length;
        int rows = sums.Length / padded;
        ref T s = ref MemoryMarshal.GetReference(sums);
        ref T c = ref MemoryMarshal.GetReference(coefficients);
        for (int o = 0; o < outputs; o += V.Count)
        {
            int lanes = Math.Min(V.Count, outputs - o);
            V sum = V.Zero;
            for (int row = 0; row < rows; row++)
            {
                nint at = (nint)row * outputs + o;
                V coefficient = lanes == V.Count ? V.Load(ref c, at) : V.LoadPartial(ref c, at, lanes);
                sum = V.MultiplyAdd(V.Load(ref s, (nint)row * padded + o), coefficient, sum);
            }

            if (!mask.IsEmpty)
                sum *= V.LoadPartial(ref MemoryMarshal.GetReference(mask), o, lanes);
            if (accumulate)
                sum += V.LoadPartial(ref MemoryMarshal.GetReference(gradient), o, lanes);
            V.StorePartial(sum, ref MemoryMarshal.GetReference(gradient), o, lanes);
        }
    }

    [InlineArray(4)]
    private struct FourSums<T>
    {
        private T _first;
    }
}
