namespace KanSharp.Interpretation;

/// <summary>The candidates for an edge of a network.</summary>
/// <param name="Layer">Layer, from 0.</param>
/// <param name="Input">Node below, from 0.</param>
/// <param name="Output">Sub-node above, from 0.</param>
/// <param name="Fit">Ranked candidates, and those rejected.</param>
public sealed record SymbolicEdgeFit(int Layer, int Input, int Output, EdgeFit Fit);
