namespace KanSharp.Training;

/// <summary>
/// One rise and one fall (Smith and Topin 2018; PyTorch's OneCycleLR with cosine annealing): from 1/<see cref="StartDivisor"/> up to 1 during
/// the first <see cref="RisingShare"/> of the steps, then down to 1/(<see cref="StartDivisor"/> · <see cref="FinalDivisor"/>). The optimiser's
/// learning rate is the peak.
/// </summary>
public sealed record OneCycleSchedule : Schedule
{
    private readonly double _risingShare = 0.3;
    private readonly double _startDivisor = 25;
    private readonly double _finalDivisor = 1e4;

    /// <summary>Share of the steps with a rising rate, in [0, 1] (default 0.3).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of [0, 1].</exception>
    public double RisingShare
    {
        get => _risingShare;
        init => _risingShare = Fraction(value, nameof(RisingShare));
    }

    /// <summary>Peak rate / first rate, positive (default 25).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a positive finite number.</exception>
    public double StartDivisor
    {
        get => _startDivisor;
        init => _startDivisor = Positive(value, nameof(StartDivisor));
    }

    /// <summary>First rate / last rate, positive (default 10⁴).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a positive finite number.</exception>
    public double FinalDivisor
    {
        get => _finalDivisor;
        init => _finalDivisor = Positive(value, nameof(FinalDivisor));
    }

    /// <inheritdoc/>
    public override double Factor(SchedulePoint point)
    {
        double start = 1 / StartDivisor;
        double peak = RisingShare * point.Steps - 1;
        double last = point.Steps - 1;
        if (point.Step <= peak && peak > 0)
            return Between(start, 1, point.Step / peak);
        double span = last - Math.Max(peak, 0);
        return Between(1, start / FinalDivisor, span > 0 ? Math.Min(1, (point.Step - Math.Max(peak, 0)) / span) : 1);
    }

    private static double Between(double from, double to, double share) => to + (from - to) / 2 * (1 + Math.Cos(Math.PI * share));
}
