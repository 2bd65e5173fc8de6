using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>
/// Limited-memory BFGS with a strong-Wolfe line search (Nocedal and Wright 2006, algorithms 7.4, 3.5 and 3.6). Needs the loss over all data.
/// One step runs up to <see cref="MaxIterations"/> iterations, as PyTorch's does; trial points with a non-finite loss or gradient are
/// rejected, and a step never ends higher than it began. The learning rate (default 1) is the first trial step.
/// </summary>
public sealed record Lbfgs : OptimizerOptions
{
    /// <summary>Settings with learning rate 1.</summary>
    public Lbfgs()
        : base(1)
    {
    }

    /// <inheritdoc/>
    public override string Name => "lbfgs";

    /// <summary>Iterations per step, at least 1 (default 20).</summary>
    public int MaxIterations
    {
        get;
        init => field = AtLeastOne(value, nameof(MaxIterations));
    } = 20;

    /// <summary>Evaluations per step after which no further iteration starts; 0 (default) means 5/4 of <see cref="MaxIterations"/>.</summary>
    public int MaxEvaluations
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(MaxEvaluations), value, "MaxEvaluations is at least 0.");
    }

    /// <summary>Remembered pairs of steps and gradient changes, at least 1 (default 10).</summary>
    public int History
    {
        get;
        init => field = AtLeastOne(value, nameof(History));
    } = 10;

    /// <summary>Converged when no gradient element exceeds this (default 10⁻¹⁰; PyTorch's 10⁻⁷ stops long before a KAN is at its limit).</summary>
    public double GradientTolerance
    {
        get;
        init => field = NonNegative(value, nameof(GradientTolerance));
    } = 1e-10;

    /// <summary>A step ends when loss or parameters change by less than this (default 10⁻¹⁶; PyTorch has 10⁻⁹).</summary>
    public double ChangeTolerance
    {
        get;
        init => field = NonNegative(value, nameof(ChangeTolerance));
    } = 1e-16;

    /// <summary>
    /// A pair is remembered only if its curvature s·y exceeds this times |s||y| (default 10⁻¹⁰). Relative, unlike PyTorch's, because
    /// near a minimum every honest pair falls below an absolute bound and the history would freeze.
    /// </summary>
    public double CurvatureTolerance
    {
        get;
        init => field = NonNegative(value, nameof(CurvatureTolerance));
    } = 1e-10;

    /// <inheritdoc cref="OptimizerOptions.Bind{T}(Module{T}, Executor?)"/>
    public new LbfgsOptimizer<T> Bind<T>(Module<T> module, Executor? executor = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(module, this, executor);

    private protected override Optimizer<T> Create<T>(Module<T> module, Executor? executor) => Bind(module, executor);

    private static int AtLeastOne(int value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 1.");

    private static double NonNegative(double value, string name) => value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 0.");
}
