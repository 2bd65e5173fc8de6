namespace KanSharp.Training;

/// <summary>
/// Half a cosine from 1 at the first step to <see cref="Final"/> at the end of the run, changing with every step:
/// Final + (1 − Final)(1 + cos(π · step / steps)) / 2 (Loshchilov and Hutter 2017, without restarts).
/// </summary>
public sealed record CosineSchedule : Schedule
{
    private readonly double _final;

    /// <summary>Factor at the end, in [0, 1] (default 0).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of [0, 1].</exception>
    public double Final
    {
        get => _final;
        init => _final = Fraction(value, nameof(Final));
    }

    /// <inheritdoc/>
    public override double Factor(SchedulePoint point)
    {
        double progress = point.Steps > 0 ? Math.Min(1, point.Step / (double)point.Steps) : 1;
        return Final + (1 - Final) * (1 + Math.Cos(Math.PI * progress)) / 2;
    }
}
