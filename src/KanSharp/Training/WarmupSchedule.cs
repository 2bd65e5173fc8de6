namespace KanSharp.Training;

/// <summary>
/// Raises the rate linearly during the first <see cref="Steps"/> steps, on top of another schedule: the factor is
/// min(1, Start + (1 − Start)(step + 1) / Steps) · Then.
/// </summary>
public sealed record WarmupSchedule : Schedule
{
    private readonly int _steps = 100;
    private readonly double _start;

    /// <summary>Optimiser steps until the full rate is reached, at least 1 (default 100).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps
    {
        get => _steps;
        init => _steps = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Steps is at least 1.");
    }

    /// <summary>Where the rise begins, in [0, 1] (default 0).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of [0, 1].</exception>
    public double Start
    {
        get => _start;
        init => _start = Fraction(value, nameof(Start));
    }

    /// <summary>The schedule whose factor is multiplied (default constant).</summary>
    public Schedule Then { get; init; } = new ConstantSchedule();

    /// <inheritdoc/>
    public override double Factor(SchedulePoint point) =>
        Math.Min(1, Start + (1 - Start) * (point.Step + 1) / Steps) * Then.Factor(point);
}
