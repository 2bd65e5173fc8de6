namespace KanSharp.Training;

/// <summary>Multiplies the rate by <see cref="Decay"/> every <see cref="Every"/> epochs: Decay^⌊epoch / Every⌋.</summary>
public sealed record StepSchedule : Schedule
{
    private readonly int _every = 30;
    private readonly double _decay = 0.1;

    /// <summary>Epochs between two drops, at least 1 (default 30).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Every
    {
        get => _every;
        init => _every = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Every), value, "Every is at least 1 epoch.");
    }

    /// <summary>Factor of each drop, positive (default 0.1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a positive finite number.</exception>
    public double Decay
    {
        get => _decay;
        init => _decay = Positive(value, nameof(Decay));
    }

    /// <inheritdoc/>
    public override double Factor(SchedulePoint point) => Math.Pow(Decay, point.Epoch / Every);
}
