namespace KanSharp.Interpretation.Compilation;

/// <summary>A node at its level.</summary>
internal sealed class PlacedNode(IReadOnlyList<GraphSum> factors, double scale = 1, double bias = 0)
{
    /// <summary>One sum, or the factors of a product.</summary>
    public IReadOnlyList<GraphSum> Factors { get; } = factors;

    /// <summary>Factor of the node.</summary>
    public double Scale { get; } = scale;

    /// <summary>Offset of the node.</summary>
    public double Bias { get; } = bias;

    /// <summary>The edges that lead to each of the factors.</summary>
    public List<PlacedEdge>[] Edges { get; } = [.. factors.Select(_ => new List<PlacedEdge>())];
}
