using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>Chooses the wavelet kernels compiled for the executor's register width.</summary>
internal static class WaveletContraction
{
    /// <summary>Adds the sum over the edges to y.</summary>
    public static void Forward<T>(in WaveletOperands<T> operands, Span<T> y, Executor executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (executor.Width)
        {
            case SimdWidth.Bits512: Forward<Simd512<T>, T>(operands, y, executor); break;
            case SimdWidth.Bits256: Forward<Simd256<T>, T>(operands, y, executor); break;
            case SimdWidth.Bits128: Forward<Simd128<T>, T>(operands, y, executor); break;
            default: Forward<SimdScalar<T>, T>(operands, y, executor); break;
        }
    }

    /// <summary>The gradients, given that of y.</summary>
    public static void Backward<T>(in WaveletOperands<T> operands, ReadOnlySpan<T> gradient, in WaveletGradients<T> targets, Executor executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (executor.Width)
        {
            case SimdWidth.Bits512: Backward<Simd512<T>, T>(operands, gradient, targets, executor); break;
            case SimdWidth.Bits256: Backward<Simd256<T>, T>(operands, gradient, targets, executor); break;
            case SimdWidth.Bits128: Backward<Simd128<T>, T>(operands, gradient, targets, executor); break;
            default: Backward<SimdScalar<T>, T>(operands, gradient, targets, executor); break;
        }
    }

    private static void Forward<V, T>(in WaveletOperands<T> operands, Span<T> y, Executor executor)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        WaveletForward<V, T> work = WorkCache<WaveletForward<V, T>>.Rent();
        work.Run(operands, y, executor);
        WorkCache<WaveletForward<V, T>>.Return(work);
    }

    private static void Backward<V, T>(in WaveletOperands<T> operands, ReadOnlySpan<T> gradient, in WaveletGradients<T> targets, Executor executor)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        WaveletBackward<V, T> work = WorkCache<WaveletBackward<V, T>>.Rent();
        work.Run(operands, gradient, targets, executor);
        WorkCache<WaveletBackward<V, T>>.Return(work);
    }
}
