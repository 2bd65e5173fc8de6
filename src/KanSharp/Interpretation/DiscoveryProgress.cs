namespace KanSharp.Interpretation;

/// <summary>What a running formula search reports.</summary>
/// <param name="Step">The step that ended or goes on.</param>
/// <param name="Best">The present pick; null before there is one.</param>
/// <param name="Elapsed">Time since the search began.</param>
/// <param name="Limit">The time limit.</param>
public readonly record struct DiscoveryProgress(string Step, FormulaCandidate? Best, TimeSpan Elapsed, TimeSpan Limit);
