namespace KanSharp.Training;

/// <summary>Multiplies the rate by <see cref="Decay"/> after every epoch: Decay^epoch.</summary>
public sealed record ExponentialSchedule : Schedule
{
    private readonly double _decay = 0.8;

    /// <summary>Factor per epoch γ, positive (default 0.8, the MNIST recipe of efficient-kan).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a positive finite number.</exception>
    public double Decay
    {
        get => _decay;
        init => _decay = Positive(value, nameof(Decay));
    }

    /// <inheritdoc/>
    public override double Factor(SchedulePoint point) => Math.Pow(Decay, point.Epoch);
}
