using System.Diagnostics;
using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>Checks of what callers hand to a picture.</summary>
[StackTraceHidden]
internal static class PlotGuard
{
    public static void AtLeast(double value, double least, string name)
    {
        if (!(value >= least && value <= 100_000))
        {
            throw new ArgumentOutOfRangeException(
                name, string.Create(CultureInfo.InvariantCulture, $"{name}: {value} pixels; allowed are {least} to 100000."));
        }
    }

    public static void SameLength(int actual, int expected, string name, string other)
    {
        if (actual != expected)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{name}: {actual} values; expected {expected}, as many as {other} has."), name);
        }
    }
}
