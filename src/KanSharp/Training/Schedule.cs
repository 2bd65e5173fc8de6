namespace KanSharp.Training;

/// <summary>
/// How the learning rate changes during training: a pure function from the position to a factor on the optimiser's rate, so that a resumed run
/// continues where it stopped without any state.
/// </summary>
public abstract record Schedule
{
    /// <summary>The factor on the learning rate for the step that comes next.</summary>
    public abstract double Factor(SchedulePoint point);

    private protected static double Positive(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is a positive finite number.");

    private protected static double Fraction(double value, string name) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is in [0, 1].");
}
