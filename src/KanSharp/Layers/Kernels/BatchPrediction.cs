using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>A layer with a local basis computed for many rows without a tape, by the kernels that training uses.</summary>
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
    /// <param name="table">Its functions.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="x">Inputs [rows, I].</param>
    /// <param name="y">Outputs [rows, O].</param>
    /// <param name="executor">Threads and SIMD width.</param>
    public static void Run(KanLinear<T> layer, LocalBasisTable<T> table, int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        Arena<T> arena = PredictionScratch<T>.Arena;
        (int, int) mark = arena.Mark();
        try
        {
            Run(layer, table, arena, rows, x, y, executor);
        }
        finally
        {
            arena.Release(mark);
        }
    }

    private static void Run(KanLinear<T> layer, LocalBasisTable<T> table, Arena<T> arena, int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        LayerWeights<T> weights = LayerWeights<T>.Prepare(
            arena,
            GlobalPrediction<T>.Storage(layer.Coefficients.Value),
            GlobalPrediction<T>.Storage(layer.EdgeScale?.Value),
            GlobalPrediction<T>.Storage(layer.BaseWeight?.Value),
            GlobalPrediction<T>.Storage(layer.Mask?.Value),
            layer.Inputs,
            layer.Outputs,
            executor.Width);

        // Pieces may run on other threads, which need memory that they can name: an array, not a span
        Buffer<T> source = arena.Rent(x.Length);
        Buffer<T> target = arena.Rent(y.Length);
        x.CopyTo(source.Span);
        Activation? activation = layer.BaseWeight is null ? null : layer.Options.BaseActivation;
        Buffer<T> bias = GlobalPrediction<T>.Storage(layer.Bias?.Value);
        if (LayerCost.PrefersLanes<T>(LayerShape.Of(table, rows, layer.Outputs, activation is not null), executor.Width))
        {
            LaneContraction<T> lanes = WorkCache<LaneContraction<T>>.Rent();
            lanes.Configure(table, activation, layer.Outputs, weights, source, default, rows, 0, executor.Width);
            lanes.Forward(executor, bias, target, arena.Rent(lanes.EdgeTablesLength));
            lanes.Forget();
            WorkCache<LaneContraction<T>>.Return(lanes);
        }
        else
        {
            LocalContraction<T> sweeps = WorkCache<LocalContraction<T>>.Rent();
            sweeps.Configure(table, activation, layer.Outputs, weights, source, default, rows, 0, executor);
            sweeps.Forward(executor, bias, target);
            sweeps.Forget();
            WorkCache<LocalContraction<T>>.Return(sweeps);
        }

        target.Span.CopyTo(y);
    }

}
