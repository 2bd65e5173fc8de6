namespace KanSharp.Interpretation;

/// <summary>Groups of variables that do not interact.</summary>
/// <param name="Mode">Sum or product.</param>
/// <param name="Groups">The groups, each ascending, ordered by their first variable; a single one for a function that is not separable.</param>
/// <param name="Scores">
/// Interactions of all pairs, [d, d]: median over rows of |∂²g/∂xᵢ∂xⱼ|·sdᵢ·sdⱼ over the spread of g, where g is f or log|f + b|; NaN where too few points lie in the domain.
/// </param>
/// <param name="Score">The largest score between two groups; 0 for a single group.</param>
/// <param name="Residual">Share of all interaction that lies between groups.</param>
/// <param name="Bias">The constant b of a product.</param>
/// <param name="Threshold">Score up to which two variables count as separated: the threshold of the options, or more for noisy derivatives.</param>
public sealed record SeparabilityResult(
    SeparabilityMode Mode,
    IReadOnlyList<IReadOnlyList<int>> Groups,
    double[,] Scores,
    double Score,
    double Residual,
    double Bias,
    double Threshold)
{
    /// <summary>Whether there is more than one group.</summary>
    public bool IsSeparable => Groups.Count > 1;
}
