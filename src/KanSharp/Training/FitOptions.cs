using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>How to train. The defaults suit a small network on a table: AdamW, batches of 64, 100 epochs.</summary>
public sealed record FitOptions
{
    /// <summary>What to minimise; by default mean squared error for target values and cross-entropy for class indices.</summary>
    public Loss? Loss { get; init; }

    /// <summary>The optimiser (default <see cref="AdamW"/> with learning rate 10⁻³).</summary>
    public OptimizerOptions Optimizer { get; init; } = new AdamW();

    /// <summary>How the learning rate changes (default not at all).</summary>
    public Schedule Schedule { get; init; } = new ConstantSchedule();

    /// <summary>Passes through the training data, at least 0 (default 100). For quasi-Newton methods one epoch is one step of several iterations.</summary>
    public int Epochs
    {
        get;
        init => field = OptionRange.AtLeast(0, value, nameof(Epochs));
    } = 100;

    /// <summary>Samples per batch; the last batch of an epoch takes what is left. 0 takes all samples at once (default 64). Quasi-Newton methods always take all.</summary>
    public int BatchSize
    {
        get;
        init => field = OptionRange.AtLeast(0, value, nameof(BatchSize));
    } = 64;

    /// <summary>Batches whose gradients are averaged into one step, at least 1 (default 1).</summary>
    public int AccumulateBatches
    {
        get;
        init => field = OptionRange.AtLeast(1, value, nameof(AccumulateBatches));
    } = 1;

    /// <summary>Whether every epoch goes through the samples in a new random order (default true).</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Seed of sample order and dropout (default 0).</summary>
    public ulong Seed { get; init; }

    /// <summary>Largest Euclidean norm of the gradient; longer ones are scaled down (default no limit). Not for quasi-Newton methods.</summary>
    public double ClipNorm
    {
        get;
        init => field = Positive(value, nameof(ClipNorm));
    } = double.PositiveInfinity;

    /// <summary>Largest magnitude of a gradient element (default no limit). Not for quasi-Newton methods.</summary>
    public double ClipValue
    {
        get;
        init => field = Positive(value, nameof(ClipValue));
    } = double.PositiveInfinity;

    /// <summary>
    /// Decay d of the exponential moving average of the weights, 0 &lt; d &lt; 1; the averaged weights are then what is validated and returned. At
    /// step t the decay is min(d, (1 + t)/(10 + t)), so that the start is forgotten. 0 (default) keeps no average.
    /// </summary>
    public double AverageDecay
    {
        get;
        init => field = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(AverageDecay), value, "AverageDecay is at least 0 and below 1.");
    }

    /// <summary>When to give up (default never).</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Loss at which training is done, compared with what the best parameters are chosen by (default none).</summary>
    public double TargetLoss { get; init; } = double.NegativeInfinity;

    /// <summary>Time after which training stops, checked before every batch (default none).</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>
    /// Weight λ of efficient-kan's sparsity penalty on all KAN layers, λ(<see cref="LambdaL1"/>·size + <see cref="LambdaEntropy"/>·entropy), see
    /// <see cref="Layers.EdgeRegularization"/>; at least 0 (default 0).
    /// </summary>
    public double Lambda
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(Lambda));
    }

    /// <summary>Weight of the sum of edge sizes within the penalty, at least 0 (default 1).</summary>
    public double LambdaL1
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(LambdaL1));
    } = 1;

    /// <summary>Weight of the entropy of edge sizes within the penalty, at least 0 (default 1).</summary>
    public double LambdaEntropy
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(LambdaEntropy));
    } = 1;

    /// <summary>
    /// Training on ever finer grids, for a <see cref="Networks.KanNetwork{T}"/> (default one grid). Every stage is a run of its own with these options:
    /// learning rate schedule, early stopping and weight average start anew. <see cref="TimeLimit"/> and <see cref="TargetLoss"/> count for the whole.
    /// </summary>
    public GridSchedule? GridSchedule { get; init; }

    /// <summary>
    /// Sparsity and smoothness penalty on the KAN layers (default none). <see cref="Lambda"/>, <see cref="LambdaL1"/> and <see cref="LambdaEntropy"/> are the
    /// short form of one with <see cref="RegularizationMetric.Weights"/>; only one of the two forms may be used.
    /// </summary>
    public Regularization? Regularization { get; init; }

    /// <summary>The penalty in either form; null for none.</summary>
    internal Regularization? Penalty => Regularization is { Lambda: > 0 } full ? full
        : Lambda > 0 ? new Regularization { Metric = RegularizationMetric.Weights, Lambda = Lambda, L1 = LambdaL1, Entropy = LambdaEntropy }
        : null;

    /// <summary>When grids follow the data (default never).</summary>
    public GridUpdateSchedule? GridUpdates { get; init; }

    /// <summary>Samples per pass where no gradient is needed, at least 1 (default 2048); full-batch gradients are summed over pieces of this size, too.</summary>
    public int EvaluationBatch
    {
        get;
        init => field = OptionRange.AtLeast(1, value, nameof(EvaluationBatch));
    } = 2048;

    /// <summary>Epochs between two checkpoints, at least 1 (default 1); used with <see cref="FitHooks{T}.Checkpoints"/>.</summary>
    public int CheckpointEvery
    {
        get;
        init => field = OptionRange.AtLeast(1, value, nameof(CheckpointEvery));
    } = 1;

    /// <summary>Shortest time between two progress reports within an epoch (default 0.1 s).</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(0.1);

    /// <summary>Threads and SIMD width (default the process-wide executor). The result does not depend on the number of threads.</summary>
    public Executor? Executor { get; init; }

    private static double Positive(double value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is positive.");
}
