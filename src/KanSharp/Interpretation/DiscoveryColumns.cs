using KanSharp.Data;
using KanSharp.Numerics;

namespace KanSharp.Interpretation;

/// <summary>Which columns a formula search looks at.</summary>
internal static class DiscoveryColumns
{
    private const int Bins = 12;

    /// <summary>The data without columns that are constant or repeat an earlier one; the notes say which.</summary>
    public static Dataset<double> Usable(Dataset<double> data, List<string> notes)
    {
        var kept = new List<string>();
        var columns = new List<double[]>();
        for (int column = 0; column < data.Inputs; column++)
        {
            string name = data.FeatureNames[column];
            double[] values = Values(data, column);
            if (values.AsSpan().IndexOfAnyExcept(values[0]) < 0)
            {
                notes.Add($"Column '{name}' is constant and left out.");
                continue;
            }

            int same = columns.FindIndex(earlier => earlier.AsSpan().SequenceEqual(values));
            if (same >= 0)
            {
                notes.Add($"Column '{name}' repeats '{kept[same]}' and is left out.");
                continue;
            }

            kept.Add(name);
            columns.Add(values);
        }

        return kept.Count == data.Inputs ? data : data.SelectFeatures(kept.Count == 0 ? [data.FeatureNames[0]] : kept);
    }

    /// <summary>
    /// The columns on which the target depends most by themselves, or through their spread: by the share of the target's variance (and of its squared deviation's) between
    /// bins of equal counts.
    /// </summary>
    /// <param name="data">The rows.</param>
    /// <param name="most">How many; all where there are no more.</param>
    /// <returns>Names in the order of the data.</returns>
    public static IReadOnlyList<string> Strongest(Dataset<double> data, int most)
    {
        if (data.Inputs <= most)
            return data.FeatureNames;
        double[] y = data.Targets.ToArray();
        double mean = Statistics.Mean<double>(y);
        double[] squares = [.. y.Select(value => (value - mean) * (value - mean))];
        HashSet<int> best = [.. Enumerable.Range(0, data.Inputs)
            .OrderByDescending(column => Math.Max(Share(Values(data, column), y), Share(Values(data, column), squares)))
            .Take(most)];
        return [.. data.FeatureNames.Where((_, column) => best.Contains(column))];
    }

    /// <summary>Share of the variance of y between bins of x with equal counts, less what chance gives; 0 where y is constant.</summary>
    public static double Share(double[] x, double[] y)
    {
        int[] order = [.. Enumerable.Range(0, x.Length)];
        Array.Sort([.. x], order);
        int bins = Math.Min(Bins, x.Length / 2);
        double total = Statistics.Variance<double>(y) * y.Length, between = 0, mean = Statistics.Mean<double>(y);
        for (int bin = 0; bin < bins; bin++)
        {
            (int from, int to) = (bin * x.Length / bins, (bin + 1) * x.Length / bins);
            double sum = 0;
            for (int index = from; index < to; index++)
                sum += y[order[index]] - mean;
            between += sum * sum / (to - from);
        }

        return total > 0 ? between / total - (bins - 1.0) / (y.Length - 1) : 0;
    }

    public static double[] Values(Dataset<double> data, int column)
    {
        var values = new double[data.Count];
        for (int row = 0; row < values.Length; row++)
            values[row] = data.Features[row * data.Inputs + column];
        return values;
    }
}
