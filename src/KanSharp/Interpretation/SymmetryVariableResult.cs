namespace KanSharp.Interpretation;

/// <summary>How well a candidate explains how a function depends on a group of variables.</summary>
/// <param name="Holds">Whether enough gradients are parallel.</param>
/// <param name="Share">Share of the rows where they are.</param>
/// <param name="MedianCosine">Median of the absolute cosine: 1 for a function of the candidate.</param>
public sealed record SymmetryVariableResult(bool Holds, double Share, double MedianCosine);
