using KanSharp.Symbolics;

namespace KanSharp.Interpretation.Compilation;

/// <summary>What an edge adds: c·f(a·source + b).</summary>
internal readonly record struct GraphTerm(GraphNode Source, CatalogFunction Function, double A = 1, double B = 0, double C = 1, double Exponent = 1)
{
    /// <summary>The source as it is.</summary>
    public static GraphTerm Identity(GraphNode source, double factor = 1) => new(source, FunctionCatalog.Standard["x"], C: factor);

    /// <summary>Whether two edges differ by a factor alone.</summary>
    public bool IsLike(GraphTerm other) => this with { C = 1 } == other with { C = 1 };
}
