namespace KanSharp.Training;

/// <summary>Checks of option values, with one wording for all options.</summary>
internal static class OptionRange
{
    /// <summary>A whole number that has a least value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below.</exception>
    public static int AtLeast(int least, int value, string name) =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least {least}.");

    /// <summary>A finite number from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public static double NonNegative(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is finite and at least 0.");
}
