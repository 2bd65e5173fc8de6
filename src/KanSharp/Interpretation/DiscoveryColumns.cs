using KanSharp.Data;

namespace KanSharp.Interpretation;

/// <summary>Which columns a formula search looks at.</summary>
internal static class DiscoveryColumns
{
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
    /// The columns on which the target, or its spread, depends most by themselves; see <see cref="CorrelationRatio"/>.
    /// </summary>
    /// <param name="data">The rows.</param>
    /// <param name="most">How many; all where there are no more.</param>
    /// <returns>Names in the order of the data.</returns>
    public static IReadOnlyList<string> Strongest(Dataset<double> data, int most)
    {
        if (data.Inputs <= most)
            return data.FeatureNames;
        double[] y = data.Targets.ToArray();
        HashSet<int> best = [.. Enumerable.Range(0, data.Inputs).OrderByDescending(column => CorrelationRatio.OfMeanOrSpread(Values(data, column), y)).Take(most)];
        return [.. data.FeatureNames.Where((_, column) => best.Contains(column))];
    }

    public static double[] Values(Dataset<double> data, int column)
    {
        var values = new double[data.Count];
        for (int row = 0; row < values.Length; row++)
            values[row] = data.Features[row * data.Inputs + column];
        return values;
    }
}
