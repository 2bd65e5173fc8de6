namespace KanSharp.Interpretation.Terms;

/// <summary>Samples by column: one array per variable, and the target.</summary>
internal sealed class Rows(double[][] columns, double[] target)
{
    public double[][] Columns { get; } = columns;

    public double[] Target { get; } = target;

    public int Count => Target.Length;

    public int Variables => Columns.Length;

    /// <summary>These rows only.</summary>
    public Rows Pick(int[] indices) => new([.. Columns.Select(column => Pick(column, indices))], Pick(Target, indices));

    /// <summary>These variables only.</summary>
    public Rows Select(int[] variables) => new([.. variables.Select(variable => Columns[variable])], Target);

    public Rows WithTarget(double[] target) => new(Columns, target);

    /// <summary>The variables row-major [rows × variables].</summary>
    public double[] RowMajor()
    {
        var values = new double[Count * Variables];
        for (int v = 0; v < Variables; v++)
        {
            for (int i = 0; i < Count; i++)
                values[(i * Variables) + v] = Columns[v][i];
        }

        return values;
    }

    private static double[] Pick(double[] values, int[] indices)
    {
        var picked = new double[indices.Length];
        for (int i = 0; i < indices.Length; i++)
            picked[i] = values[indices[i]];
        return picked;
    }
}
