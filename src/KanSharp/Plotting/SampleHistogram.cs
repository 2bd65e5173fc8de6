namespace KanSharp.Plotting;

/// <summary>Counts of values in bins of equal width.</summary>
internal sealed record SampleHistogram(double Low, double High, int[] Counts)
{
    public double BinWidth => (High - Low) / Counts.Length;

    /// <summary>Counts the finite values; null without any. Equal values stand in the middle of a range around them.</summary>
    public static SampleHistogram? Of(IReadOnlyList<double> values, int bins)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (AxisMap.CanShow(value, AxisScale.Linear))
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        if (low > high)
            return null;
        if (high - low <= 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)) || high == low)
        {
            double half = low == 0 ? 0.5 : 0.1 * Math.Abs(low);
            (low, high) = (low - half, high + half);
        }

        var counts = new int[bins];
        foreach (double value in values)
        {
            if (AxisMap.CanShow(value, AxisScale.Linear))
                counts[Math.Clamp((int)((value - low) / (high - low) * bins), 0, bins - 1)]++;
        }

        return new SampleHistogram(low, high, counts);
    }

    /// <summary>Lower end of a bin, or the upper end of the range for the number of bins.</summary>
    public double End(int bin) => bin == Counts.Length ? High : Low + (bin * BinWidth);
}
