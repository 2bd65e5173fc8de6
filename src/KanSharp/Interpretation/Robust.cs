using KanSharp.Numerics;

namespace KanSharp.Interpretation;

/// <summary>Statistics that a few wild values and points outside a domain do not move.</summary>
internal static class Robust
{
    /// <summary>Median of the finite values; NaN where not one in ten is finite.</summary>
    public static double Median(double[] values) => Quantile(values, 0.5);

    /// <summary>Quantile of the finite values; NaN where not one in ten is finite.</summary>
    public static double Quantile(double[] values, double probability)
    {
        double[] finite = Array.FindAll(values, double.IsFinite);
        if (finite.Length == 0 || finite.Length * 10 < values.Length)
            return double.NaN;
        finite.AsSpan().Sort();
        return Statistics.QuantileOfSorted<double>(finite, probability);
    }

    /// <summary>Spread of the finite values: the smaller of the standard deviation and the interquartile range over 1.349, 0 for a constant.</summary>
    public static double Spread(double[] values)
    {
        double[] finite = Array.FindAll(values, double.IsFinite);
        if (finite.Length == 0)
            return 0;
        finite.AsSpan().Sort();
        double deviation = Math.Sqrt(Statistics.Variance<double>(finite));
        double range = (Statistics.QuantileOfSorted<double>(finite, 0.75) - Statistics.QuantileOfSorted<double>(finite, 0.25)) / 1.349;
        return range > 0 && !(deviation < range) ? range : deviation;
    }
}
