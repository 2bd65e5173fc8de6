namespace KanSharp.Training;

/// <summary>The learning rate stays as it is.</summary>
public sealed record ConstantSchedule : Schedule
{
    /// <inheritdoc/>
    public override double Factor(SchedulePoint point) => 1;
}
