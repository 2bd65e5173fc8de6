namespace KanSharp.Interpretation;

/// <summary>
/// Sums and products over groups of variables, read off the second derivatives (Liu et al., KAN 2.0, arXiv 2408.10205, section 4.3). Works for any
/// <see cref="SmoothFunction"/>.
/// </summary>
/// <remarks>
/// The groups are the finest ones between which no pair of variables interacts. Scores are medians, so an interaction in less than half of the points is not seen.
/// </remarks>
public static class Separability
{
    private const int MostBiases = 8;

    /// <summary>Finds the groups.</summary>
    /// <param name="function">The function.</param>
    /// <param name="rows">Points, row-major [N, d], some hundred or more; scores are medians over them.</param>
    /// <param name="mode">Sum or product.</param>
    /// <param name="options">Thresholds; the defaults if null.</param>
    /// <exception cref="ArgumentException">Rows are not whole, fewer than two or not finite.</exception>
    public static SeparabilityResult Detect(SmoothFunction function, ReadOnlySpan<double> rows, SeparabilityMode mode, StructureOptions? options = null)
    {
        options ??= new StructureOptions();
        return Detect(StructureSample.Create(function, rows, options), mode, options);
    }

    /// <summary>Tests whether given groups separate.</summary>
    /// <param name="function">The function.</param>
    /// <param name="rows">Points, row-major [N, d].</param>
    /// <param name="groups">Each variable in one of two groups or more.</param>
    /// <param name="mode">Sum or product.</param>
    /// <param name="options">Thresholds; the defaults if null.</param>
    /// <exception cref="ArgumentException">The groups are no partition of the variables, or the rows do not fit.</exception>
    public static StructureTest Test(
        SmoothFunction function, ReadOnlySpan<double> rows, IReadOnlyList<IReadOnlyList<int>> groups, SeparabilityMode mode, StructureOptions? options = null)
    {
        options ??= new StructureOptions();
        ArgumentNullException.ThrowIfNull(function);
        VariableGroups.Check(groups, function.Inputs, nameof(groups));
        int[] labels = VariableGroups.Labels(groups, function.Inputs);
        StructureSample sample = StructureSample.Create(function, rows, options);
        StructureTest? best = null;
        foreach (double bias in Biases(sample, mode, options))
        {
            (double[,] scores, double noise) = Scores(sample, mode, bias);
            StructureTest test = StructureTest.Of(Largest(scores, labels), Math.Max(options.SeparationThreshold, noise));
            if (best is null || test.Score < best.Score || double.IsNaN(best.Score))
                best = test;
        }

        return best!;
    }

    internal static SeparabilityResult Detect(StructureSample sample, SeparabilityMode mode, StructureOptions options)
    {
        SeparabilityResult? best = null;
        foreach (double bias in Biases(sample, mode, options))
        {
            (double[,] scores, double noise) = Scores(sample, mode, bias);
            double threshold = Math.Max(options.SeparationThreshold, noise);
            int[] labels = Partition(scores, threshold, noise, options.ResidualThreshold);
            var result = new SeparabilityResult(
                mode, VariableGroups.FromLabels(labels), scores, Largest(scores, labels), Residual(scores, labels, noise), bias, threshold);
            if (best is null || result.Groups.Count > best.Groups.Count)
                best = result;
        }

        return best!;
    }

    /// <summary>Constants under which the function may be a product; 0 first, so that it wins where it does as well.</summary>
    private static List<double> Biases(StructureSample sample, SeparabilityMode mode, StructureOptions options)
    {
        if (mode == SeparabilityMode.Additive)
            return [0];
        if (options.Bias is { } given)
            return [given];
        double size = Robust.Quantile([.. sample.Values.Select(Math.Abs)], 0.9);
        (double[,] scores, _) = Scores(sample, SeparabilityMode.Additive, 0);
        var pairs = new List<(double Score, int First, int Second)>();
        for (int first = 0; first < sample.Inputs; first++)
        {
            for (int second = first + 1; second < sample.Inputs; second++)
                pairs.Add((scores[first, second], first, second));
        }

        List<double> biases = [0];
        var candidates = new double[sample.Count];
        foreach ((_, int first, int second) in pairs.Where(pair => pair.Score > 0).OrderByDescending(pair => pair.Score).Take(MostBiases))
        {
            for (int row = 0; row < sample.Count; row++)
                candidates[row] = sample.Slope(row, first) * sample.Slope(row, second) / sample.Curvature(row, first, second) - sample.Values[row];
            double bias = Robust.Median(candidates);
            if (Math.Abs(bias) < 1e6 * size && biases.TrueForAll(known => Math.Abs(known - bias) > 1e-6 * (size + Math.Abs(bias))))
                biases.Add(bias);
        }

        return biases;
    }

    /// <summary>Scores of all pairs, and what noise alone may make of them.</summary>
    private static (double[,] Scores, double Noise) Scores(StructureSample sample, SeparabilityMode mode, double bias)
    {
        StructureSample seen = mode == SeparabilityMode.Additive ? sample : sample.Log(bias);
        var scores = new double[sample.Inputs, sample.Inputs];
        var sizes = new double[sample.Count];
        double spread = seen.Spread > 0 ? seen.Spread : 1;
        for (int first = 0; first < sample.Inputs; first++)
        {
            for (int second = first; second < sample.Inputs; second++)
            {
                for (int row = 0; row < sample.Count; row++)
                    sizes[row] = Math.Abs(seen.Curvature(row, first, second));
                scores[first, second] = scores[second, first] = Robust.Median(sizes) / spread;
            }
        }

        return (scores, 2 * seen.Function.HessianNoise / spread);
    }

    /// <summary>
    /// The finest groups between which every score is below the threshold, joined where most interacts until the share between groups is small too.
    /// </summary>
    private static int[] Partition(double[,] scores, double threshold, double noise, double residual)
    {
        int inputs = scores.GetLength(0);
        int[] labels = [.. Enumerable.Range(0, inputs)];
        while (true)
        {
            (double largest, int first, int second) = (-1, -1, -1);
            for (int i = 0; i < inputs; i++)
            {
                for (int j = i + 1; j < inputs; j++)
                {
                    double score = double.IsNaN(scores[i, j]) ? double.PositiveInfinity : scores[i, j];
                    if (labels[i] != labels[j] && score > largest)
                        (largest, first, second) = (score, i, j);
                }
            }

            if (first < 0 || (largest < threshold && Residual(scores, labels, noise) < residual))
                return labels;
            (int kept, int gone) = (labels[first], labels[second]);
            for (int i = 0; i < inputs; i++)
                labels[i] = labels[i] == gone ? kept : labels[i];
        }
    }

    private static double Largest(double[,] scores, int[] labels)
    {
        double largest = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            for (int j = 0; j < labels.Length; j++)
                largest = labels[i] == labels[j] ? largest : Math.Max(largest, scores[i, j]);
        }

        return largest;
    }

    /// <summary>Share of all curvature that lies between groups and is more than noise; of the function itself where it is hardly curved.</summary>
    private static double Residual(double[,] scores, int[] labels, double noise)
    {
        double between = 0, all = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            for (int j = 0; j < labels.Length; j++)
            {
                if (double.IsNaN(scores[i, j]))
                    continue;
                all += scores[i, j];
                between += labels[i] == labels[j] ? 0 : Math.Max(0, scores[i, j] - noise);
            }
        }

        return between / Math.Max(all, 1);
    }
}
