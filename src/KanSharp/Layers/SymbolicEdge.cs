using KanSharp.Symbolics;

namespace KanSharp.Layers;

/// <summary>
/// An edge whose function is c·f(a·x + b) + d with a function f of the catalogue. Its constants are the row of the same number in
/// <see cref="SymbolicEdges{T}.Affine"/>.
/// </summary>
/// <param name="Input">Input of the layer, from 0.</param>
/// <param name="Output">Output of the layer (the sub-node, where nodes are products), from 0.</param>
/// <param name="Function">f.</param>
public sealed record SymbolicEdge(int Input, int Output, CatalogFunction Function);
