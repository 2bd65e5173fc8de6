namespace KanSharp.Interpretation.Terms;

/// <summary>Samples by column: one array per variable, and the target.</summary>
internal sealed class Rows(double[][] columns, double[] target)
{
    public double[][] Columns { get; } = columns;

    public double[] Target { get; } = target;

    public int Count => Target.Length;

    public int Variables => Columns.Length;

    public Rows Select(int[] indices) => new(
        [.. Columns.Select(column => Pick(column, indices))],
        Pick(Target, indices));

    public Rows WithTarget(double[] target) => new(Columns, target);

    private static double[] Pick(double[] values, int[] indices)
    {
        var picked = new double[indices.Length];
        for (int i = 0; i < indices.Length; i++)
            picked[i] = values[indices[i]];
        return picked;
    }
}
