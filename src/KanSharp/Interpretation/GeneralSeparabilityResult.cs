namespace KanSharp.Interpretation;

/// <summary>Groups of variables that act through a sum of one number each.</summary>
/// <param name="Groups">The groups, each ascending, ordered by their first variable; a single one for a function that has no such form.</param>
/// <param name="Score">The largest mixed derivative of log|f_j/f_i| between groups, per two standard deviations, or the score of symmetry in proportion to its threshold; 0 for a single group.</param>
/// <param name="Threshold">Score below which groups count as separated.</param>
public sealed record GeneralSeparabilityResult(IReadOnlyList<IReadOnlyList<int>> Groups, double Score, double Threshold)
{
    /// <summary>Whether there is more than one group.</summary>
    public bool IsSeparable => Groups.Count > 1;
}
