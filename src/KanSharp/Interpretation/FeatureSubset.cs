namespace KanSharp.Interpretation;

/// <summary>Inputs that matter together to nodes of a level.</summary>
/// <param name="Inputs">Indices of the network's inputs, ascending; empty if none matters.</param>
/// <param name="Nodes">The nodes of the level to which exactly these inputs matter.</param>
public sealed record FeatureSubset(IReadOnlyList<int> Inputs, IReadOnlyList<int> Nodes);
