namespace KanSharp.Training;

/// <summary>Stops training when what the best epoch is chosen by no longer improves: the validation loss (training loss without a validation set), or <see cref="FitHooks{T}.Selection"/>.</summary>
public sealed record EarlyStopping
{
    /// <summary>Epochs without improvement after which training stops, at least 1 (default 10).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Patience
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Patience), value, "Patience is at least 1 epoch.");
    } = 10;

    /// <summary>How much lower a loss must be to count as an improvement, at least 0 (default 0).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not a number.</exception>
    public double MinDelta
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(MinDelta), value, "MinDelta is at least 0.");
    }
}
