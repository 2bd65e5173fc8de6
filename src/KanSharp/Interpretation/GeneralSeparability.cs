using System.Numerics;

namespace KanSharp.Interpretation;

/// <summary>
/// Functions h(p(A) + q(B)) of groups A and B of variables with any h: the ratio f_j/f_i of derivatives across the groups is then a product of a function of A and one of B, and
/// ∂²log|f_j/f_i|/∂x_k∂x_l vanishes for i, k in A and j, l in B (Liu et al., KAN 2.0, arXiv 2408.10205, section 4.3). Sums and products are special cases.
/// </summary>
/// <remarks>
/// That alone is not enough (a²b + c²/d would be a function of a sum of functions of a, b, c and d); the groups must be symmetric as well, see <see cref="Symmetry"/>.
/// </remarks>
public static class GeneralSeparability
{
    private const int MostTested = 32;

    /// <summary>Most variables for which groups are looked for: all partitions in two are tried.</summary>
    public const int MostVariables = 12;

    /// <summary>Smallest step in standard deviations.</summary>
    private const double SmallestStep = 1e-3;

    /// <summary>Finds the finest groups; a single one for a function that has no such form.</summary>
    /// <param name="function">The function.</param>
    /// <param name="rows">Points, row-major [N, d], some hundred or more; scores are medians over them.</param>
    /// <param name="options">Thresholds; the defaults if null.</param>
    /// <exception cref="ArgumentException">Rows do not fit, or there are more than <see cref="MostVariables"/> variables.</exception>
    public static GeneralSeparabilityResult Detect(SmoothFunction function, ReadOnlySpan<double> rows, StructureOptions? options = null)
    {
        options ??= new StructureOptions();
        return Detect(StructureSample.Create(function, rows, options), options);
    }

    /// <summary>Tests whether given groups separate; several groups when each separates from the rest.</summary>
    /// <param name="function">The function.</param>
    /// <param name="rows">Points, row-major [N, d].</param>
    /// <param name="groups">Each variable in one of two groups or more.</param>
    /// <param name="options">Thresholds; the defaults if null.</param>
    /// <exception cref="ArgumentException">The groups are no partition of the variables, or the rows do not fit.</exception>
    public static StructureTest Test(
        SmoothFunction function, ReadOnlySpan<double> rows, IReadOnlyList<IReadOnlyList<int>> groups, StructureOptions? options = null)
    {
        options ??= new StructureOptions();
        ArgumentNullException.ThrowIfNull(function);
        VariableGroups.Check(groups, function.Inputs, nameof(groups));
        if (function.Inputs > MostTested)
            throw new ArgumentException($"The function has {function.Inputs} variables; groups of at most {MostTested} are tested. Restrict it to those that matter.", nameof(function));
        int[] labels = VariableGroups.Labels(groups, function.Inputs);
        StructureSample sample = StructureSample.Create(function, rows, options);
        double[,,,] scores = Scores(sample, (first, second) => labels[first] != labels[second]);
        double threshold = Threshold(sample, options);
        return StructureTest.Of(Worst(scores, labels, sample, options, threshold), threshold);
    }

    internal static GeneralSeparabilityResult Detect(StructureSample sample, StructureOptions options)
    {
        int inputs = sample.Inputs;
        if (inputs > MostVariables)
            throw new ArgumentException($"The function has {inputs} variables; groups are looked for among {MostVariables} at most. Test groups of your own.");
        double threshold = Threshold(sample, options);
        double[,,,] scores = Scores(sample, (_, _) => true);
        var together = new uint[inputs];
        Array.Fill(together, (1u << inputs) - 1);
        (uint Set, double Score) best = (0, double.PositiveInfinity);
        for (uint set = 1; set < 1u << (inputs - 1); set++)
        {
            double score = Worst(scores, set, inputs);
            if (score < threshold)
                score = Math.Max(score, Math.Max(Asymmetry(sample, set, options, threshold), Asymmetry(sample, ~set, options, threshold)));
            if (!(score < threshold))
                continue;
            best = score < best.Score ? (set, score) : best;
            for (int variable = 0; variable < inputs; variable++)
                together[variable] &= (set >> variable & 1) != 0 ? set : ~set;
        }

        if (best.Set == 0)
            return new GeneralSeparabilityResult(VariableGroups.FromLabels(new int[inputs]), 0, threshold);

        // what noise kept apart and does not hold together falls back to the surest partition in two
        int[] labels = [.. together.Select(BitOperations.TrailingZeroCount)];
        double worst = Worst(scores, labels, sample, options, threshold);
        if (!(worst < threshold))
            (labels, worst) = ([.. Enumerable.Range(0, inputs).Select(variable => (int)(best.Set >> variable & 1))], best.Score);
        return new GeneralSeparabilityResult(VariableGroups.FromLabels(labels), worst, threshold);
    }

    private static double Step(StructureSample sample)
    {
        double relative = sample.Spread > 0 ? sample.Function.GradientNoise / sample.Spread : 0;
        return Math.Clamp(Math.Sqrt(Math.Sqrt(relative)), SmallestStep, 0.25);
    }

    private static double Threshold(StructureSample sample, StructureOptions options)
    {
        double step = Step(sample);
        double slope = Robust.Median([.. sample.Gradient.Select(Math.Abs)]);
        return Math.Max(options.SeparationThreshold, slope > 0 ? 2 * sample.Function.GradientNoise / slope / (step * step) : 0);
    }

    /// <summary>Medians of |∂²log|f_j/f_i|/∂x_k∂x_l| by differences of the gradient, [k, l, i, j], for k before l and i before j that are wanted.</summary>
    private static double[,,,] Scores(StructureSample sample, Func<int, int, bool> wanted)
    {
        (int inputs, int count) = (sample.Inputs, sample.Count);
        double step = Step(sample);
        var scores = new double[inputs, inputs, inputs, inputs];
        var moved = new double[sample.Rows.Length];
        var corner = new double[sample.Rows.Length];
        var logs = new double[sample.Rows.Length];
        var sizes = new double[count];
        for (int k = 0; k < inputs; k++)
        {
            for (int l = k + 1; l < inputs; l++)
            {
                if (!wanted(k, l))
                    continue;
                logs.AsSpan().Clear();
                foreach ((double up, double right) in (ReadOnlySpan<(double, double)>)[(1, 1), (1, -1), (-1, 1), (-1, -1)])
                {
                    sample.Rows.CopyTo(moved, 0);
                    for (int at = 0; at < moved.Length; at += inputs)
                    {
                        moved[at + k] += up * step * sample.Scales[k];
                        moved[at + l] += right * step * sample.Scales[l];
                    }

                    sample.Function.Gradient(moved, corner);
                    for (int index = 0; index < corner.Length; index++)
                        logs[index] += up * right * Math.Log(Math.Abs(corner[index]));
                }

                for (int i = 0; i < inputs; i++)
                {
                    for (int j = i + 1; j < inputs; j++)
                    {
                        if (!wanted(i, j))
                            continue;
                        for (int row = 0; row < count; row++)
                            sizes[row] = Math.Abs(logs[row * inputs + j] - logs[row * inputs + i]) / (4 * step * step);
                        scores[k, l, i, j] = Robust.Median(sizes);
                    }
                }
            }
        }

        return scores;
    }

    /// <summary>The score of the test of symmetry of a group, scaled to the threshold of this test.</summary>
    private static double Asymmetry(StructureSample sample, uint set, StructureOptions options, double threshold)
    {
        int[] group = [.. Enumerable.Range(0, sample.Inputs).Where(variable => (set >> variable & 1) != 0)];
        if (group.Length < 2)
            return 0;
        StructureTest test = Symmetry.Test(sample, group, options);
        return test.Score / test.Threshold * threshold;
    }

    /// <summary>The largest score of a group against the rest, or that of its asymmetry.</summary>
    private static double Worst(double[,,,] scores, int[] labels, StructureSample sample, StructureOptions options, double threshold)
    {
        double worst = 0;
        foreach (int label in labels.Distinct())
        {
            uint set = 0;
            for (int variable = 0; variable < labels.Length; variable++)
                set |= labels[variable] == label ? 1u << variable : 0;
            worst = Math.Max(worst, Math.Max(Worst(scores, set, labels.Length), Asymmetry(sample, set, options, threshold)));
        }

        return worst;
    }

    private static double Worst(double[,,,] scores, uint set, int inputs)
    {
        double worst = 0;
        for (int k = 0; k < inputs; k++)
        {
            for (int l = k + 1; l < inputs; l++)
            {
                if (!Across(set, k, l))
                    continue;
                for (int i = 0; i < inputs; i++)
                {
                    for (int j = i + 1; j < inputs; j++)
                        worst = Across(set, i, j) ? Math.Max(worst, scores[k, l, i, j]) : worst;
                }
            }
        }

        return worst;
    }

    private static bool Across(uint set, int first, int second) => ((set >> first ^ set >> second) & 1) != 0;
}
