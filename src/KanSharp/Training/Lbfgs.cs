using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>
/// Limited-memory BFGS with a strong-Wolfe line search (Nocedal and Wright 2006, algorithms 7.4, 3.5 and 3.6), cut into steps as PyTorch's is.
/// </summary>
public sealed record Lbfgs : QuasiNewtonOptions
{
    /// <inheritdoc/>
    public override string Name => "lbfgs";

    /// <summary>Remembered pairs of steps and gradient changes, at least 1 (default 10).</summary>
    public int History
    {
        get;
        init => field = OptionRange.AtLeast(1, value, nameof(History));
    } = 10;

    /// <inheritdoc cref="OptimizerOptions.Bind{T}(Module{T}, Executor?)"/>
    public new LbfgsOptimizer<T> Bind<T>(Module<T> module, Executor? executor = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(module, this, executor);

    private protected override Optimizer<T> Create<T>(Module<T> module, Executor? executor) => Bind(module, executor);
}
