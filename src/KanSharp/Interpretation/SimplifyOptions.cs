using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>How <see cref="Simplifier"/> works: rounds of sparsification, pruning and training.</summary>
public sealed record SimplifyOptions
{
    /// <summary>Training with a penalty before each pruning (default <see cref="Sparsifier"/>'s own); null goes without.</summary>
    public SparsificationOptions? Sparsification { get; init; } = new();

    /// <summary>What each round removes (default pykan's thresholds).</summary>
    public PruneOptions Prune { get; init; } = new();

    /// <summary>Training without penalty after each pruning (default 20 epochs of Levenberg-Marquardt).</summary>
    public FitOptions Refit { get; init; } = new() { Optimizer = new LevenbergMarquardt(), Epochs = 20 };

    /// <summary>Most rounds, at least 1 (default 3). A round that removes nothing is the last.</summary>
    public int Rounds
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Rounds), value, "Rounds is at least 1.");
    } = 3;

    /// <summary>
    /// How far the error after a round may rise above the lowest that was seen, relatively, at least 0 (default 0.1); a round that ends higher is undone. The error is the
    /// root mean squared error for target values, else the loss.
    /// </summary>
    public double Tolerance
    {
        get;
        init => field = NonNegative(value, nameof(Tolerance));
    } = 0.1;

    /// <summary>An error up to this is always good enough, at least 0 (default 0).</summary>
    public double GoodEnough
    {
        get;
        init => field = NonNegative(value, nameof(GoodEnough));
    }

    private static double NonNegative(double value, string name) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is finite and at least 0.");
}
