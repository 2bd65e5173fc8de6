using KanSharp.Numerics;

namespace KanSharp.Interpretation;

/// <summary>Checks of the data of a formula, and their scale.</summary>
internal static class FormulaData
{
    public static void Check(IReadOnlyList<string> variables, ReadOnlySpan<double> rows, ReadOnlySpan<double> targets)
    {
        ArgumentNullException.ThrowIfNull(variables);
        if (targets.IsEmpty)
            throw new ArgumentException("There are no targets; at least one row is needed.", nameof(targets));
        if (rows.Length != targets.Length * (long)variables.Count)
        {
            throw new ArgumentException(
                $"{rows.Length} values are not {targets.Length} rows (one per target) of {variables.Count} variables ({string.Join(", ", variables)}).", nameof(rows));
        }
    }

    /// <summary>Standard deviation of the targets; their size where they are constant, and 1 where they are all 0.</summary>
    public static double Scale(ReadOnlySpan<double> targets)
    {
        (double low, double high) = Statistics.Range(targets);
        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        double deviation = Math.Sqrt(Statistics.Variance(targets));
        return deviation > 1e-14 * size ? deviation : size > 0 ? size : 1;
    }
}
