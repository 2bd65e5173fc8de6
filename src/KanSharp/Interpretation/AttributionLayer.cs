namespace KanSharp.Interpretation;

/// <summary>What scores go back through: the spreads of one layer.</summary>
internal sealed class AttributionLayer
{
    private readonly double[] _shares;

    /// <summary>Takes the spreads of a layer.</summary>
    /// <param name="inputs">Nodes below.</param>
    /// <param name="nodes">Nodes above.</param>
    /// <param name="nodeOf">Node of every sub-node.</param>
    /// <param name="deviations">Standard deviations of edges, row-major [inputs × sub-nodes].</param>
    /// <param name="subNodes">Standard deviations of sub-nodes.</param>
    /// <param name="magnitudes">Mean magnitudes of edges, row-major [inputs × sub-nodes].</param>
    /// <param name="means">Means of edges, row-major [inputs × sub-nodes].</param>
    /// <param name="offset">Added to the spread of sub-nodes.</param>
    public AttributionLayer(int inputs, int nodes, int[] nodeOf, double[] deviations, double[] subNodes, double[] magnitudes, double[] means, double offset)
    {
        (Inputs, Nodes, NodeOf) = (inputs, nodes, nodeOf);
        (Deviations, SubNodeDeviations, Magnitudes, Means) = (deviations, subNodes, magnitudes, means);
        _shares = new double[deviations.Length];
        for (int edge = 0; edge < _shares.Length; edge++)
        {
            double whole = subNodes[edge % SubNodes] + offset;
            _shares[edge] = whole == 0 ? 0 : deviations[edge] / whole;
        }
    }

    public int Inputs { get; }

    public int SubNodes => NodeOf.Length;

    public int Nodes { get; }

    public int[] NodeOf { get; }

    public double[] Deviations { get; }

    public double[] SubNodeDeviations { get; }

    public double[] Magnitudes { get; }

    public double[] Means { get; }

    /// <summary>Scores of edges, row-major [inputs × sub-nodes], from those of the nodes above.</summary>
    public double[] Edges(ReadOnlySpan<double> nodes)
    {
        var edges = new double[_shares.Length];
        for (int edge = 0; edge < edges.Length; edge++)
            edges[edge] = nodes[NodeOf[edge % SubNodes]] * _shares[edge];
        return edges;
    }

    /// <summary>Scores of the nodes below from those of edges.</summary>
    public double[] Sources(ReadOnlySpan<double> edges)
    {
        var sources = new double[Inputs];
        for (int edge = 0; edge < edges.Length; edge++)
            sources[edge / SubNodes] += edges[edge];
        return sources;
    }

    /// <summary>Scores of sub-nodes: those of their nodes.</summary>
    public double[] SubNodeScores(ReadOnlySpan<double> nodes)
    {
        var scores = new double[SubNodes];
        for (int subNode = 0; subNode < scores.Length; subNode++)
            scores[subNode] = nodes[NodeOf[subNode]];
        return scores;
    }
}
