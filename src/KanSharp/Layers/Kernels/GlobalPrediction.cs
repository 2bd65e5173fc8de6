using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>A layer with a global basis computed without a tape.</summary>
internal static class GlobalPrediction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>y = the layer's outputs.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="basis">Its functions.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="x">Inputs of the functions, [rows, I].</param>
    /// <param name="baseX">Inputs of the base branch, [rows, I].</param>
    /// <param name="y">Outputs [rows, O].</param>
    /// <param name="executor">Threads and SIMD width.</param>
    public static void Run(KanLinear<T> layer, GlobalBasis<T> basis, int rows, ReadOnlySpan<T> x, ReadOnlySpan<T> baseX, Span<T> y, Executor executor)
    {
        Arena<T> arena = PredictionScratch<T>.Arena;
        (int, int) mark = arena.Mark();
        try
        {
            Fill(layer.Bias?.Value, y);
            AddBase(layer, arena, rows, baseX, y, executor);
            Buffer<T> source = arena.Rent(x.Length);
            x.CopyTo(source.Span);
            GlobalContraction.Forward(
                new GlobalOperands<T>(
                    basis, source, default, 0, Storage(layer.Coefficients.Value), Storage(layer.EdgeScale?.Value), Storage(layer.Mask?.Value), rows, layer.Inputs, layer.Outputs),
                y,
                executor);
        }
        finally
        {
            arena.Release(mark);
        }
    }

    /// <summary>y = bias in every row, or 0.</summary>
    public static void Fill(Tensor<T>? bias, Span<T> y) => Fill(bias is null ? default : bias.Span, y);

    /// <summary>y = bias in every row, or 0 for none.</summary>
    public static void Fill(ReadOnlySpan<T> bias, Span<T> y)
    {
        if (bias.IsEmpty)
        {
            y.Clear();
            return;
        }

        for (int start = 0; start < y.Length; start += bias.Length)
            bias.CopyTo(y[start..]);
    }

    /// <summary>y += the base branch.</summary>
    public static void AddBase(KanLinear<T> layer, Arena<T> arena, int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        if (layer.BaseWeight is null)
            return;
        Buffer<T> source = arena.Rent(x.Length);
        x.CopyTo(source.Span);
        GlobalContraction.Forward(
            new GlobalOperands<T>(
                ActivationBasis<T>.Of(layer.Options.BaseActivation!), source, default, 0, Storage(layer.BaseWeight.Value), default, Storage(layer.Mask?.Value), rows, layer.Inputs, layer.Outputs),
            y,
            executor);
    }

    /// <summary>The memory of a tensor; empty for none.</summary>
    public static Buffer<T> Storage(Tensor<T>? tensor) => tensor is null ? default : new Buffer<T>(tensor.Array, 0, tensor.Shape.Count);
}
