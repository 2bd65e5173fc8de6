namespace KanSharp.Plotting;

/// <summary>One row of the table of formulas in a <see cref="DiscoveryReport"/>.</summary>
public sealed record ReportFormula
{
    /// <summary>The formula as text, in the names of the columns.</summary>
    public required string Text { get; init; }

    /// <summary>The formula as one MathML element <c>math</c>; empty (default) shows the text.</summary>
    public string MathMl { get; init; } = "";

    /// <summary>Its complexity.</summary>
    public required int Complexity { get; init; }

    /// <summary>Root mean squared error on the rows that the report names.</summary>
    public required double Rmse { get; init; }

    /// <summary>R² on the same rows; NaN (default) writes a dash.</summary>
    public double R2 { get; init; } = double.NaN;

    /// <summary>What found it, as "network" or "term search"; empty by default.</summary>
    public string Origin { get; init; } = "";
}
