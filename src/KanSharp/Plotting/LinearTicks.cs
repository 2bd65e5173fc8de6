using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>Ticks at multiples of 1, 2 or 5 times a power of ten.</summary>
internal static class LinearTicks
{
    /// <param name="low">smallest value</param>
    /// <param name="high">largest value, not below <paramref name="low"/></param>
    /// <param name="intervals">most intervals wanted, at least 1</param>
    /// <param name="fixedLow">whether the axis ends at <paramref name="low"/> instead of the next round number below</param>
    /// <param name="fixedHigh">the same for <paramref name="high"/></param>
    /// <param name="whole">whether only whole numbers are marked</param>
    public static TickSet Create(double low, double high, int intervals, bool fixedLow = false, bool fixedHigh = false, bool whole = false)
    {
        (low, high) = Widened(low, high);
        (int mantissa, int exponent) = Step(whole ? Math.Max(1, (high - low) / intervals) : (high - low) / intervals);
        double first = Quotient(low, mantissa, exponent), last = Quotient(high, mantissa, exponent);
        // a value that is a tick but for rounding must not push the axis one step further
        double from = fixedLow ? Math.Ceiling(first - 1e-9) : Math.Floor(first + 1e-9);
        double to = fixedHigh ? Math.Floor(last + 1e-9) : Math.Ceiling(last - 1e-9);
        var major = new List<double>();
        for (double i = from; i <= to; i++)
            major.Add(Multiple(i, mantissa, exponent));
        double minimum = fixedLow || major.Count == 0 ? low : Math.Min(low, major[0]);
        double maximum = fixedHigh || major.Count == 0 ? high : Math.Max(high, major[^1]);
        int multiplier = MultiplierOf(major, exponent);
        int decimals = Math.Max(0, multiplier - exponent);
        var labels = major.ConvertAll(value => new TickLabel(Format(value, multiplier, decimals)));
        return new TickSet(minimum, maximum, major, [], labels, multiplier);
    }

    /// <summary>Ticks at 0, 1, 2, … with names.</summary>
    public static TickSet Named(IReadOnlyList<string> names)
    {
        var places = new double[names.Count];
        var labels = new TickLabel[names.Count];
        for (int i = 0; i < places.Length; i++)
            (places[i], labels[i]) = (i, new TickLabel(names[i]));
        return new TickSet(-0.5, names.Count - 0.5, places, [], labels);
    }

    private static (double Low, double High) Widened(double low, double high)
    {
        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low > Math.Max(size * 1e-12, 1e-290))
            return (low, high);
        double half = size > 1e-290 ? 0.1 * size : 1;
        return (low - half, high + half);
    }

    private static (int Mantissa, int Exponent) Step(double raw)
    {
        int exponent = (int)Math.Floor(Math.Log10(raw));
        double fraction = raw / Math.Pow(10, exponent);
        return fraction switch
        {
            <= 1 + 1e-9 => (1, exponent),
            <= 2 + 1e-9 => (2, exponent),
            <= 5 + 1e-9 => (5, exponent),
            _ => (1, exponent + 1),
        };
    }

    // dividing by an exact power of ten gives the decimal number that a reader expects (0.3, not 0.30000000000000004)
    private static double Multiple(double i, int mantissa, int exponent) =>
        exponent < 0 ? i * mantissa / Math.Pow(10, -exponent) : i * mantissa * Math.Pow(10, exponent);

    private static double Quotient(double value, int mantissa, int exponent) =>
        exponent < 0 ? value * Math.Pow(10, -exponent) / mantissa : value / (mantissa * Math.Pow(10, exponent));

    private static int MultiplierOf(List<double> ticks, int exponent)
    {
        double size = 0;
        foreach (double tick in ticks)
            size = Math.Max(size, Math.Abs(tick));
        if (size == 0 || (size < 99_999 && size >= 0.00999))
            return 0;
        int power = (int)Math.Floor(Math.Log10(size) + 1e-12);
        // far from zero and close together: the differences would drown in decimals, plain numbers read better
        return power - exponent > 4 && Math.Abs(power) < 9 ? 0 : power;
    }

    private static string Format(double value, int multiplier, int decimals)
    {
        double scaled = multiplier < 0 ? value * Math.Pow(10, -multiplier) : value / Math.Pow(10, multiplier);
        string text = scaled.ToString("F" + Math.Min(decimals, 15).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.StartsWith('-') ? (IsZero(text) ? text[1..] : "−" + text[1..]) : text;
    }

    private static bool IsZero(string text) => text.AsSpan(1).IndexOfAnyInRange('1', '9') < 0;
}
