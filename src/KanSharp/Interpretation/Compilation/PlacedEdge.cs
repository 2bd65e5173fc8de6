namespace KanSharp.Interpretation.Compilation;

/// <summary>An edge from a node of the level below; the source of the term does not count.</summary>
internal readonly record struct PlacedEdge(PlacedNode From, GraphTerm Term);
