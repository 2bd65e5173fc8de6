using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>Chooses the kernels compiled for the executor's register width.</summary>
internal static class GlobalContraction
{
    /// <summary>y[n, o] += Σ_i Σ_j m·φ_j^(d)(x[n, i])·W[i, j, o].</summary>
    public static void Forward<T>(in GlobalOperands<T> operands, Span<T> y, Executor executor)
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

    /// <summary>Adds to the gradients of coefficients and scale, given the gradient of y. An empty target is left out.</summary>
    public static void WeightGradient<T>(in GlobalOperands<T> operands, Span<T> gradient, Span<T> coefficients, Span<T> scale, Executor executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (executor.Width)
        {
            case SimdWidth.Bits512: WeightGradient<Simd512<T>, T>(operands, gradient, coefficients, scale, executor); break;
            case SimdWidth.Bits256: WeightGradient<Simd256<T>, T>(operands, gradient, coefficients, scale, executor); break;
            case SimdWidth.Bits128: WeightGradient<Simd128<T>, T>(operands, gradient, coefficients, scale, executor); break;
            default: WeightGradient<SimdScalar<T>, T>(operands, gradient, coefficients, scale, executor); break;
        }
    }

    /// <summary>
    /// target[n, i] += Σ_o g[n, o]·Σ_j m·φ_j^(d)(x[n, i])·W[i, j, o]; and to the gradients of the family's own parameters θ what
    /// Σ_o g[n, o]·Σ_j m·∂φ_j^(d−1)/∂θ·W[i, j, o] gives. An empty target is left out.
    /// </summary>
    public static void InputGradient<T>(in GlobalOperands<T> operands, Span<T> gradient, Span<T> target, Span<T> parameters, Executor executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (executor.Width)
        {
            case SimdWidth.Bits512: InputGradient<Simd512<T>, T>(operands, gradient, target, parameters, executor); break;
            case SimdWidth.Bits256: InputGradient<Simd256<T>, T>(operands, gradient, target, parameters, executor); break;
            case SimdWidth.Bits128: InputGradient<Simd128<T>, T>(operands, gradient, target, parameters, executor); break;
            default: InputGradient<SimdScalar<T>, T>(operands, gradient, target, parameters, executor); break;
        }
    }

    private static void Forward<V, T>(in GlobalOperands<T> operands, Span<T> y, Executor executor)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        GlobalForward<V, T> work = WorkCache<GlobalForward<V, T>>.Rent();
        work.Run(operands, y, executor);
        WorkCache<GlobalForward<V, T>>.Return(work);
    }

    private static void WeightGradient<V, T>(
        in GlobalOperands<T> operands, Span<T> gradient, Span<T> coefficients, Span<T> scale, Executor executor)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        GlobalWeightGradient<V, T> work = WorkCache<GlobalWeightGradient<V, T>>.Rent();
        work.Run(operands, gradient, coefficients, scale, executor);
        WorkCache<GlobalWeightGradient<V, T>>.Return(work);
    }

    private static void InputGradient<V, T>(in GlobalOperands<T> operands, Span<T> gradient, Span<T> target, Span<T> parameters, Executor executor)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        GlobalInputGradient<V, T> work = WorkCache<GlobalInputGradient<V, T>>.Rent();
        work.Run(operands, gradient, target, parameters, executor);
        WorkCache<GlobalInputGradient<V, T>>.Return(work);
    }
}
