using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>A layer with a local basis computed for many rows without a tape, by the sweeps that training uses.</summary>
internal static class BatchPrediction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// From so many rows on. A sweep holds k+1 weight rows in registers and then takes (k+2)·vectors multiply-adds a row; for fewer rows loading
    /// the window costs more than <see cref="EdgeSums{T}"/>, which reads k+2 weight rows for each.
    /// </summary>
    public const int FewestRows = 8;

    /// <summary>y = the layer's outputs.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="x">Inputs [rows, I].</param>
    /// <param name="y">Outputs [rows, O].</param>
    /// <param name="executor">Threads and SIMD width.</param>
    public static void Run(KanLinear<T> layer, int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        Arena<T> arena = PredictionScratch<T>.Arena;
        (int, int) mark = arena.Mark();
        LocalContraction<T> contraction = WorkCache<LocalContraction<T>>.Rent();
        LayerWeights<T> weights = LayerWeights<T>.Prepare(
            arena,
            Storage(layer.Coefficients.Value),
            Storage(layer.EdgeScale?.Value),
            Storage(layer.BaseWeight?.Value),
            Storage(layer.Mask?.Value),
            layer.Inputs,
            layer.Outputs,
            executor.Width);

        // Pieces may run on other threads, which need memory that they can name: an array, not a span
        Buffer<T> source = arena.Rent(x.Length);
        Buffer<T> target = arena.Rent(y.Length);
        x.CopyTo(source.Span);
        Activation? activation = layer.BaseWeight is null ? null : layer.Options.BaseActivation;
        contraction.Configure(layer.Table, activation, layer.Outputs, weights, source, default, rows, 0, executor);
        contraction.Forward(executor, Storage(layer.Bias?.Value), target);
        target.Span.CopyTo(y);
        WorkCache<LocalContraction<T>>.Return(contraction);
        arena.Release(mark);
    }

    private static Buffer<T> Storage(Tensor<T>? tensor) => tensor is null ? default : new Buffer<T>(tensor.Array, 0, tensor.Shape.Count);
}
