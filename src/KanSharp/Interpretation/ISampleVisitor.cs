namespace KanSharp.Interpretation;

/// <summary>Told what flows through a network, block by block of samples; spans are valid during the call.</summary>
internal interface ISampleVisitor
{
    /// <summary>Values of the nodes of a level, row-major [rows × nodes]; level 0 are the inputs.</summary>
    void Nodes(int level, int rows, ReadOnlySpan<double> values);

    /// <summary>What the edges from one input of a layer give, row-major [rows × sub-nodes].</summary>
    void Edges(int layer, int input, int rows, ReadOnlySpan<double> values);

    /// <summary>Sums over edges and bias, before scales and products, row-major [rows × sub-nodes].</summary>
    void SubNodes(int layer, int rows, ReadOnlySpan<double> values);
}
