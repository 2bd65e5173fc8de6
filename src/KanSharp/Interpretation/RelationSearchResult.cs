namespace KanSharp.Interpretation;

/// <summary>What a search for relations found.</summary>
/// <param name="Relations">The relations, the most frequent first, of equally frequent ones that with the smaller residual.</param>
/// <param name="Runs">Runs done; fewer than asked for if the search was cancelled.</param>
/// <param name="Participation">For every column the share of the runs that found it in a relation.</param>
public sealed record RelationSearchResult(IReadOnlyList<Relation> Relations, int Runs, IReadOnlyList<double> Participation);
