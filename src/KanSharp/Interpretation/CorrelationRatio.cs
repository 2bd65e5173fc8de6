using KanSharp.Numerics;

namespace KanSharp.Interpretation;

/// <summary>How much a target depends on a column, whatever the form: the share of its variance that lies between bins of the column (K. Pearson 1905).</summary>
internal static class CorrelationRatio
{
    private const int Bins = 12;

    /// <summary>Share of the variance of y between bins of x with equal counts, less what chance gives; 0 where y is constant.</summary>
    public static double Of(double[] x, double[] y) => Between(Order(x), y);

    /// <summary>The larger of the ratios of y and of its squared deviation from the mean: a column may show in the spread alone.</summary>
    public static double OfMeanOrSpread(double[] x, double[] y)
    {
        double mean = Statistics.Mean<double>(y);
        int[] order = Order(x);
        return Math.Max(Between(order, y), Between(order, [.. y.Select(value => (value - mean) * (value - mean))]));
    }

    private static int[] Order(double[] x)
    {
        int[] order = [.. Enumerable.Range(0, x.Length)];
        Array.Sort([.. x], order);
        return order;
    }

    private static double Between(int[] order, double[] y)
    {
        int bins = Math.Min(Bins, y.Length / 2);
        double total = Statistics.Variance<double>(y) * y.Length, between = 0, mean = Statistics.Mean<double>(y);
        for (int bin = 0; bin < bins; bin++)
        {
            (int from, int to) = (bin * y.Length / bins, (bin + 1) * y.Length / bins);
            double sum = 0;
            for (int index = from; index < to; index++)
                sum += y[order[index]] - mean;
            between += sum * sum / (to - from);
        }

        return total > 0 ? between / total - (bins - 1.0) / (y.Length - 1) : 0;
    }
}
