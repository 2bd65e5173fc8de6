using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>A function that is no candidate for an edge.</summary>
/// <param name="Function">The function.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record EdgeRejection(CatalogFunction Function, string Reason);
