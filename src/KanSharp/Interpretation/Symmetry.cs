using System.Numerics;

namespace KanSharp.Interpretation;

/// <summary>
/// Groups of variables through which a function depends on one number only, f = F(u(A), rest): the direction of the gradient within the group then does not
/// depend on the other variables (Liu et al., KAN 2.0, arXiv 2408.10205, section 4.3).
/// </summary>
public static class Symmetry
{
    /// <summary>Most parts that are combined in all ways; of more only pairs are tried.</summary>
    private const int MostParts = 10;

    /// <summary>Tests a group: median over rows of ‖∂(g/‖g‖)/∂x_k‖ over the other variables k, where g is the gradient within the group, all per standard deviation.</summary>
    /// <param name="function">The function.</param>
    /// <param name="rows">Points, row-major [N, d], some hundred or more.</param>
    /// <param name="group">Some of the variables. A single one and all of them are symmetric always.</param>
    /// <param name="options">Thresholds; the defaults if null.</param>
    /// <exception cref="ArgumentException">The group is empty or names what does not exist, or the rows do not fit.</exception>
    public static StructureTest Test(SmoothFunction function, ReadOnlySpan<double> rows, IReadOnlyList<int> group, StructureOptions? options = null)
    {
        options ??= new StructureOptions();
        ArgumentNullException.ThrowIfNull(function);
        VariableGroups.CheckGroup(group, function.Inputs, nameof(group));
        return Test(StructureSample.Create(function, rows, options), [.. group], options);
    }

    /// <summary>
    /// Finds disjoint groups, the largest that consist of smaller ones; every variable is in one of them, alone if need be. All variables together are always symmetric and are not
    /// reported unless their parts are.
    /// </summary>
    /// <inheritdoc cref="Test(SmoothFunction, ReadOnlySpan{double}, IReadOnlyList{int}, StructureOptions?)"/>
    public static IReadOnlyList<IReadOnlyList<int>> Detect(SmoothFunction function, ReadOnlySpan<double> rows, StructureOptions? options = null)
    {
        options ??= new StructureOptions();
        return Detect(StructureSample.Create(function, rows, options), options).Groups;
    }

    /// <summary>
    /// Compares the gradient with that of a candidate for u(A): the cosine of the two, per standard deviation, over the variables of the group.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="rows">Points, row-major [N, d].</param>
    /// <param name="group">The variables A.</param>
    /// <param name="candidate">The candidate, a function of the variables of the group in their order.</param>
    /// <param name="cosine">Absolute cosine from which two gradients count as parallel, 0 to 1 (default 0.9, as in pykan).</param>
    /// <param name="share">Share of the rows that must be parallel, 0 to 1 (default 0.9, as in pykan).</param>
    /// <exception cref="ArgumentException">The candidate has another number of variables, the group is empty or names what does not exist, or the rows do not fit.</exception>
    public static SymmetryVariableResult TestVariable(
        SmoothFunction function, ReadOnlySpan<double> rows, IReadOnlyList<int> group, SmoothFunction candidate, double cosine = 0.9, double share = 0.9)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(candidate);
        VariableGroups.CheckGroup(group, function.Inputs, nameof(group));
        StructureSample.CheckRows(function.Inputs, rows);
        if (candidate.Inputs != group.Count)
            throw new ArgumentException($"The candidate has {candidate.Inputs} variables, the group {group.Count}; they correspond in order.", nameof(candidate));
        CheckShare(cosine, nameof(cosine));
        CheckShare(share, nameof(share));
        int count = rows.Length / function.Inputs;
        var points = new double[count * group.Count];
        for (int index = 0; index < points.Length; index++)
            points[index] = rows[index / group.Count * function.Inputs + group[index % group.Count]];
        double[] whole = new double[rows.Length], part = new double[points.Length];
        function.Gradient(rows, whole);
        candidate.Gradient(points, part);
        double[] scales = [.. Enumerable.Range(0, group.Count).Select(index => StructureSample.Deviation(points, group.Count, index))];
        var cosines = new double[count];
        for (int row = 0; row < count; row++)
        {
            (double dot, double first, double second) = (0, 0, 0);
            for (int index = 0; index < group.Count; index++)
            {
                double a = whole[row * function.Inputs + group[index]] * scales[index];
                double b = part[row * group.Count + index] * scales[index];
                (dot, first, second) = (dot + a * b, first + a * a, second + b * b);
            }

            cosines[row] = Math.Abs(dot) / Math.Sqrt(first * second);
        }

        int defined = cosines.Count(double.IsFinite);
        double parallel = defined == 0 ? 0 : (double)cosines.Count(value => value > cosine) / defined;
        return new SymmetryVariableResult(parallel > share, parallel, Robust.Median(cosines));
    }

    internal static StructureTest Test(StructureSample sample, int[] group, StructureOptions options)
    {
        int inputs = sample.Inputs;
        int[] others = [.. Enumerable.Range(0, inputs).Except(group)];
        double[] changes = new double[sample.Count], sizes = new double[sample.Count];
        for (int row = 0; row < sample.Count; row++)
        {
            double size = 0;
            foreach (int variable in group)
                size += sample.Slope(row, variable) * sample.Slope(row, variable);
            size = Math.Sqrt(size);
            double change = 0;
            foreach (int other in others)
            {
                double along = 0, square = 0;
                foreach (int variable in group)
                {
                    double curvature = sample.Curvature(row, variable, other);
                    along += sample.Slope(row, variable) / size * curvature;
                    square += curvature * curvature;
                }

                double across = 0;
                foreach (int variable in group)
                {
                    double rest = sample.Curvature(row, variable, other) - along * sample.Slope(row, variable) / size;
                    across += rest * rest;
                }

                change = Math.Max(change, Math.Sqrt(across) / size);
            }

            (changes[row], sizes[row]) = (change, size);
        }

        double typical = Robust.Median(sizes);
        double noise = typical > 0 ? 2 * (sample.Function.HessianNoise + sample.Function.GradientNoise) / typical : 0;
        return StructureTest.Of(Robust.Median(changes), Math.Max(options.SymmetryThreshold, noise));
    }

    internal static (IReadOnlyList<IReadOnlyList<int>> Groups, double Score) Detect(StructureSample sample, StructureOptions options)
    {
        List<int[]> parts = [.. Enumerable.Range(0, sample.Inputs).Select(variable => new[] { variable })];
        double worst = 0;
        bool found = true;
        while (found)
        {
            found = false;
            for (int size = 2; size < (parts.Count > MostParts ? 3 : parts.Count) && !found; size++)
            {
                foreach (int[][] union in Unions(parts, size))
                {
                    StructureTest test = Test(sample, [.. union.SelectMany(part => part)], options);
                    if (!test.Holds)
                        continue;
                    worst = Math.Max(worst, test.Score);
                    parts.RemoveAll(union.Contains);
                    parts.Add([.. union.SelectMany(part => part).Order()]);
                    found = true;
                    break;
                }
            }
        }

        return ([.. parts.OrderBy(part => part[0])], worst);
    }

    /// <summary>All choices of so many parts.</summary>
    private static IEnumerable<int[][]> Unions(List<int[]> parts, int size)
    {
        if (size == 2)
        {
            for (int first = 0; first < parts.Count; first++)
            {
                for (int second = first + 1; second < parts.Count; second++)
                    yield return [parts[first], parts[second]];
            }

            yield break;
        }

        for (uint set = 0; set < 1u << parts.Count; set++)
        {
            if (BitOperations.PopCount(set) == size)
                yield return [.. parts.Where((_, index) => (set >> index & 1) != 0)];
        }
    }

    private static void CheckShare(double value, string name)
    {
        if (!(value is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(name, value, $"{name} is 0 to 1.");
    }
}
