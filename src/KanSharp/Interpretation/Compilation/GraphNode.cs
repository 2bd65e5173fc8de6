namespace KanSharp.Interpretation.Compilation;

/// <summary>A value that functions, sums and products are made of: an input, a sum, or a product of sums.</summary>
internal sealed class GraphNode(params IReadOnlyList<GraphSum> factors)
{
    /// <summary>One sum, or the factors of a product; none for an input.</summary>
    public IReadOnlyList<GraphSum> Factors { get; } = factors;

    /// <summary>The first level where the node can stand, 0 for an input.</summary>
    public int Level { get; } = factors.Select(factor => factor.Level).DefaultIfEmpty(0).Max();
}
