namespace KanSharp.Interpretation;

/// <summary>Where a search for relations stands.</summary>
/// <param name="Run">Runs done.</param>
/// <param name="Runs">Runs in all.</param>
/// <param name="Relations">What was found so far.</param>
public sealed record RelationSearchProgress(int Run, int Runs, IReadOnlyList<Relation> Relations);
