namespace KanSharp.Interpretation.Compilation;

/// <summary>An output: scale·node + bias.</summary>
internal sealed record FormulaOutput(GraphNode Node, double Scale, double Bias);
