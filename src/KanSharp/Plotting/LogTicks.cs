using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>Ticks of a logarithmic axis: powers of ten, or 1-2-5 steps where the range is short.</summary>
internal static class LogTicks
{
    /// <param name="low">smallest value, positive</param>
    /// <param name="high">largest value, not below <paramref name="low"/></param>
    /// <param name="intervals">most intervals wanted, at least 1</param>
    /// <param name="fixedLow">whether the axis ends at <paramref name="low"/> instead of the next tick below</param>
    /// <param name="fixedHigh">the same for <paramref name="high"/></param>
    public static TickSet Create(double low, double high, int intervals, bool fixedLow = false, bool fixedHigh = false)
    {
        if (high <= low * (1 + 1e-12))
            (low, high) = (low / 2, high * 2);
        bool fine = Math.Log10(high / low) <= 1.8;
        int from = (int)Math.Floor(Math.Log10(low) + 1e-9), to = (int)Math.Ceiling(Math.Log10(high) - 1e-9);
        int stride = fine ? 1 : Math.Max(1, (int)Math.Ceiling((to - from) / (double)intervals));
        to = from + (stride * (int)Math.Ceiling((to - from) / (double)stride));
        var places = new List<(int Mantissa, int Exponent)>();
        for (int exponent = from; exponent <= to; exponent += stride)
        {
            places.Add((1, exponent));
            if (fine)
                places.AddRange([(2, exponent), (5, exponent)]);
        }

        int first = fixedLow ? places.FindIndex(place => Value(place) >= low * (1 - 1e-9)) : places.FindLastIndex(place => Value(place) <= low * (1 + 1e-9));
        int last = fixedHigh ? places.FindLastIndex(place => Value(place) <= high * (1 + 1e-9)) : places.FindIndex(place => Value(place) >= high * (1 - 1e-9));
        first = Math.Max(first, 0);
        places = last < first ? [] : places.GetRange(first, last - first + 1);
        double minimum = fixedLow || places.Count == 0 ? low : Math.Min(low, Value(places[0]));
        double maximum = fixedHigh || places.Count == 0 ? high : Math.Max(high, Value(places[^1]));
        bool plain = places.TrueForAll(place => place.Exponent is >= -3 and <= 4);
        return new TickSet(
            minimum, maximum, places.ConvertAll(Value), stride == 1 ? Between(minimum, maximum, from, to) : [],
            places.ConvertAll(place => Label(place, plain)));
    }

    private static double Value((int Mantissa, int Exponent) place) =>
        place.Exponent < 0 ? place.Mantissa / Math.Pow(10, -place.Exponent) : place.Mantissa * Math.Pow(10, place.Exponent);

    private static List<double> Between(double minimum, double maximum, int from, int to)
    {
        var minor = new List<double>();
        for (int exponent = from; exponent < to; exponent++)
        {
            for (int mantissa = 2; mantissa < 10; mantissa++)
            {
                double value = Value((mantissa, exponent));
                if (value > minimum && value < maximum)
                    minor.Add(value);
            }
        }

        return minor;
    }

    private static TickLabel Label((int Mantissa, int Exponent) place, bool plain)
    {
        if (plain)
            return new TickLabel(Value(place).ToString("0.###", CultureInfo.InvariantCulture));
        string power = Exponent(place.Exponent);
        return place.Mantissa == 1
            ? new TickLabel("10", power)
            : new TickLabel(place.Mantissa.ToString(CultureInfo.InvariantCulture) + "×10", power);
    }

    internal static string Exponent(int exponent) =>
        exponent.ToString(CultureInfo.InvariantCulture).Replace('-', '−');
}
