using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>Chooses the kernels of a convolution compiled for the executor's register width.</summary>
internal static class ConvSums
{
    /// <summary>Writes the outputs [B, O, ...].</summary>
    public static void Forward<T>(in ConvOperands<T> operands, Span<T> y, Executor executor)
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

    /// <summary>Adds to the gradients that are not empty; see <see cref="ConvBackward{V, T}.Run"/>.</summary>
    public static void Backward<T>(
        in ConvOperands<T> operands, ReadOnlySpan<T> gradient, Span<T> input, Span<T> weights, Span<T> bias, Span<T> parameters, Executor executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (executor.Width)
        {
            case SimdWidth.Bits512: Backward<Simd512<T>, T>(operands, gradient, input, weights, bias, parameters, executor); break;
            case SimdWidth.Bits256: Backward<Simd256<T>, T>(operands, gradient, input, weights, bias, parameters, executor); break;
            case SimdWidth.Bits128: Backward<Simd128<T>, T>(operands, gradient, input, weights, bias, parameters, executor); break;
            default: Backward<SimdScalar<T>, T>(operands, gradient, input, weights, bias, parameters, executor); break;
        }
    }

    private static void Forward<V, T>(in ConvOperands<T> operands, Span<T> y, Executor executor)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ConvForward<V, T> work = WorkCache<ConvForward<V, T>>.Rent();
        work.Run(operands, y, executor);
        WorkCache<ConvForward<V, T>>.Return(work);
    }

    private static void Backward<V, T>(
        in ConvOperands<T> operands, ReadOnlySpan<T> gradient, Span<T> input, Span<T> weights, Span<T> bias, Span<T> parameters, Executor executor)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ConvBackward<V, T> work = WorkCache<ConvBackward<V, T>>.Rent();
        work.Run(operands, gradient, input, weights, bias, parameters, executor);
        WorkCache<ConvBackward<V, T>>.Return(work);
    }
}
