namespace KanSharp.Interpretation;

/// <summary>
/// The structure of a function as a tree: sums, products, functions of sums and symmetric groups, found from the top down (Liu et al., KAN 2.0, arXiv 2408.10205, section 4.3).
/// </summary>
/// <param name="Root">The whole function; null for one that depends on no variable.</param>
/// <param name="Unused">Variables on which the function does not depend.</param>
/// <remarks>
/// A part is looked at with the variables of the other parts fixed at a row of the data, so the function is evaluated at combinations of values that the data may not have. Below a function
/// of a sum and below a symmetric group, a part is known up to a function of it: what is a sum then may appear as a function of a sum.
/// </remarks>
public sealed record StructureTree(StructureNode? Root, IReadOnlyList<int> Unused)
{
    /// <summary>Finds the tree.</summary>
    /// <param name="function">The function.</param>
    /// <param name="rows">Points, row-major [N, d], some hundred or more.</param>
    /// <param name="options">Thresholds; the defaults if null. Constants of products are looked for in any case.</param>
    /// <exception cref="ArgumentException">Rows are not whole, fewer than two or not finite.</exception>
    public static StructureTree Build(SmoothFunction function, ReadOnlySpan<double> rows, StructureOptions? options = null)
    {
        options = (options ?? new StructureOptions()) with { Bias = null };
        StructureSample sample = StructureSample.Create(function, rows, options);
        double least = Math.Max(options.SymmetryThreshold * sample.Spread, 2 * function.GradientNoise);
        int[] used = [.. Enumerable.Range(0, sample.Inputs).Where(variable => !(Reach(sample, variable) <= least))];
        int[] unused = [.. Enumerable.Range(0, sample.Inputs).Except(used)];
        StructureNode? root = used.Length == 0
            ? null
            : Grow(used.Length == sample.Inputs ? sample : Part(sample, used, Typical(sample, [used])), used, options);
        return new StructureTree(root, unused);
    }

    /// <summary>The tree as indented lines, with names for the variables.</summary>
    /// <param name="names">Names of all variables of the rows; x1, x2, … if null.</param>
    public string Print(IReadOnlyList<string>? names = null) => Root?.Print(names) ?? "constant\n";

    /// <summary>The tree as indented lines.</summary>
    public override string ToString() => Print();

    private static StructureNode Grow(StructureSample sample, int[] variables, StructureOptions options)
    {
        if (variables.Length == 1)
            return new StructureNode(StructureKind.Leaf, variables, 0, []);
        SeparabilityResult sum = Separability.Detect(sample, SeparabilityMode.Additive, options);
        if (sum.IsSeparable)
            return Node(StructureKind.Add, sum.Groups, sum.Score);
        SeparabilityResult product = Separability.Detect(sample, SeparabilityMode.Multiplicative, options);
        if (product.IsSeparable)
            return Node(StructureKind.Mul, product.Groups, product.Score);
        if (variables.Length <= GeneralSeparability.MostVariables && GeneralSeparability.Detect(sample, options) is { IsSeparable: true } general)
            return Node(StructureKind.GeneralSeparability, general.Groups, general.Score);
        (IReadOnlyList<IReadOnlyList<int>> groups, double score) = Symmetry.Detect(sample, options);
        return groups.Count < variables.Length
            ? Node(StructureKind.Symmetry, groups, score)
            : new StructureNode(StructureKind.None, variables, 0, [.. variables.Select(variable => new StructureNode(StructureKind.Leaf, [variable], 0, []))]);

        StructureNode Node(StructureKind kind, IReadOnlyList<IReadOnlyList<int>> parts, double found)
        {
            double[] point = Typical(sample, parts);
            return new StructureNode(kind, variables, found, [.. parts.Select(Child)]);

            StructureNode Child(IReadOnlyList<int> part)
            {
                int[] names = [.. part.Select(index => variables[index])];
                return part.Count == 1 ? new StructureNode(StructureKind.Leaf, names, 0, []) : Grow(Part(sample, [.. part], point), names, options);
            }
        }
    }

    /// <summary>How far a variable moves the function: 90 % quantile of its slope per standard deviation.</summary>
    private static double Reach(StructureSample sample, int variable) =>
        Robust.Quantile([.. Enumerable.Range(0, sample.Count).Select(row => Math.Abs(sample.Slope(row, variable)))], 0.9);

    /// <summary>The function of some variables, the others fixed.</summary>
    private static StructureSample Part(StructureSample sample, int[] variables, double[] point)
    {
        var rows = new double[sample.Count * variables.Length];
        for (int index = 0; index < rows.Length; index++)
            rows[index] = sample.Rows[index / variables.Length * sample.Inputs + variables[index % variables.Length]];
        return new StructureSample(sample.Function.Restrict(variables, point), rows, [.. variables.Select(variable => sample.Scales[variable])]);
    }

    /// <summary>
    /// The row at which the other parts are fixed: where the gradients within the parts have a product in the middle of what occurs, so that no part is at a zero of another or at a pole.
    /// </summary>
    private static double[] Typical(StructureSample sample, IReadOnlyList<IReadOnlyList<int>> parts)
    {
        var sizes = new (double Size, int Row)[sample.Count];
        for (int row = 0; row < sample.Count; row++)
        {
            double size = 0;
            foreach (IReadOnlyList<int> part in parts)
                size += Math.Log(part.Sum(variable => sample.Slope(row, variable) * sample.Slope(row, variable)));
            sizes[row] = (size, row);
        }

        (double Size, int Row)[] finite = Array.FindAll(sizes, entry => double.IsFinite(entry.Size));
        Array.Sort(finite);
        int chosen = finite.Length == 0 ? 0 : finite[finite.Length / 2].Row;
        return sample.Rows.AsSpan(chosen * sample.Inputs, sample.Inputs).ToArray();
    }
}
