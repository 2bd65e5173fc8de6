using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>How <see cref="Sparsifier"/> trains: without penalty, then with a growing one, then without again.</summary>
public sealed record SparsificationOptions
{
    /// <summary>
    /// Optimiser, batches, seed and all else of every phase (default <see cref="LevenbergMarquardt"/>). Epochs, penalty and grid schedule are not used; a time limit counts for
    /// the whole.
    /// </summary>
    public FitOptions Fit { get; init; } = new() { Optimizer = new LevenbergMarquardt() };

    /// <summary>What is penalised (default the KAN paper's: L1 norms of edges and their entropy); its λ is replaced.</summary>
    public Regularization Penalty { get; init; } = new();

    /// <summary>
    /// Weight λ of the penalty at the end of the ramp, positive; null (default) finds one by <see cref="Strength"/>.
    /// </summary>
    public double? Lambda
    {
        get;
        init => field = value is null || (value > 0 && double.IsFinite(value.Value))
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Lambda), value, "Lambda is positive and finite, or null.");
    }

    /// <summary>
    /// What the penalty of the network at the start of the last step of the ramp is worth, relative to the loss of the best constant prediction (for the mean squared error the
    /// variance of the targets); positive (default 0.05). So λ does not depend on the units of targets or on the number of edges.
    /// </summary>
    public double Strength
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Strength), value, "Strength is positive and finite.");
    } = 0.05;

    /// <summary>Epochs without penalty at the start, at least 0 (default 10).</summary>
    public int WarmUpEpochs
    {
        get;
        init => field = AtLeast(0, value, nameof(WarmUpEpochs));
    } = 10;

    /// <summary>Steps in which the penalty grows to its whole weight, at least 1 (default 3): λ/3, 2λ/3, λ.</summary>
    public int RampSteps
    {
        get;
        init => field = AtLeast(1, value, nameof(RampSteps));
    } = 3;

    /// <summary>Epochs of every step of the ramp, at least 1 (default 10).</summary>
    public int RampEpochs
    {
        get;
        init => field = AtLeast(1, value, nameof(RampEpochs));
    } = 10;

    /// <summary>
    /// Epochs without penalty at the end, at least 0 (default 0). What was made small grows again in them: prune first and refit then.
    /// </summary>
    public int FinalEpochs
    {
        get;
        init => field = AtLeast(0, value, nameof(FinalEpochs));
    }

    private static int AtLeast(int least, int value, string name) =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least {least}.");
}
