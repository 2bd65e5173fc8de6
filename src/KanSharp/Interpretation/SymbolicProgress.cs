namespace KanSharp.Interpretation;

/// <summary>Where a symbolic search stands.</summary>
/// <param name="Step">What it does, in words.</param>
/// <param name="Best">The pick so far; null before the first formula.</param>
/// <param name="Elapsed">Time since it began.</param>
public readonly record struct SymbolicProgress(string Step, FormulaCandidate? Best, TimeSpan Elapsed);
