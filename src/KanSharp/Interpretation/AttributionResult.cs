using KanSharp.Autodiff;

namespace KanSharp.Interpretation;

/// <summary>Scores of a network over samples, see <see cref="Attribution"/>. Edges are [inputs, sub-nodes] of a layer; scores are means over outputs unless said otherwise.</summary>
public sealed class AttributionResult
{
    private readonly AttributionLayer[] _layers;
    private readonly double[] _outputWeights;

    internal AttributionResult(AttributionLayer[] layers, double[] outputWeights)
    {
        (_layers, _outputWeights) = (layers, outputWeights);
        var nodes = new IReadOnlyList<double>[layers.Length + 1];
        var subNodes = new IReadOnlyList<double>[layers.Length];
        var edges = new Tensor<double>[layers.Length];

        // everything is linear in the scores that it starts from, so their mean itself goes back
        double[] scores = [.. outputWeights.Select(weight => weight / outputWeights.Length)];
        nodes[^1] = scores;
        for (int layer = layers.Length - 1; layer >= 0; layer--)
        {
            subNodes[layer] = layers[layer].SubNodeScores(scores);
            double[] parts = layers[layer].Edges(scores);
            edges[layer] = Matrix(layer, parts);
            nodes[layer] = scores = layers[layer].Sources(parts);
        }

        (Nodes, SubNodes, Edges) = (nodes, subNodes, edges);
    }

    /// <summary>Scores of the nodes of every level, inputs first, outputs last.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Nodes { get; }

    /// <summary>Scores of the network's inputs.</summary>
    public IReadOnlyList<double> Features => Nodes[0];

    /// <summary>Scores of the sub-nodes of every layer; without product nodes those of the nodes above.</summary>
    public IReadOnlyList<IReadOnlyList<double>> SubNodes { get; }

    /// <summary>Scores of the edges of every layer.</summary>
    public IReadOnlyList<Tensor<double>> Edges { get; }

    /// <summary>Number of outputs.</summary>
    public int Outputs => _outputWeights.Length;

    /// <summary>Score of one edge.</summary>
    public double this[EdgeAddress edge] => Edges[edge.Layer][edge.Input, edge.Output];

    /// <summary>Score of one node.</summary>
    public double this[NodeAddress node] => Nodes[node.Level][node.Node];

    /// <summary>Scores of the nodes of a level for each output alone, [outputs, nodes].</summary>
    /// <param name="level">Level, from 0 for the inputs.</param>
    public Tensor<double> NodesByOutput(int level)
    {
        RequireLevel(level, 0);
        return Stack(Nodes[level].Count, output => Back(_layers.Length, output, _outputWeights[output], level));
    }

    /// <summary>Scores of the edges of a layer for each output alone, [outputs, inputs, sub-nodes].</summary>
    /// <param name="layer">Layer, from 0.</param>
    public Tensor<double> EdgesByOutput(int layer)
    {
        RequireLayer(layer);
        AttributionLayer at = _layers[layer];
        return Stack(at.Inputs * at.SubNodes, output => at.Edges(Back(_layers.Length, output, _outputWeights[output], layer + 1)))
            .Reshape(new Shape(Outputs, at.Inputs, at.SubNodes));
    }

    /// <summary>
    /// What every input of the network contributes to every node of a level, [nodes, inputs], each row weighted by the node's own score (pykan: <c>attribute(l)</c>).
    /// </summary>
    /// <param name="level">Level, from 1.</param>
    public Tensor<double> FeaturesOf(int level)
    {
        RequireLevel(level, 1);
        var rows = new Tensor<double>(new Shape(Nodes[level].Count, Nodes[0].Count));
        for (int node = 0; node < Nodes[level].Count; node++)
            Back(level, node, Nodes[level][node], 0).CopyTo(rows.Row(node));
        return rows;
    }

    /// <summary>Standard deviations of the edges of a layer over the samples, [inputs, sub-nodes] (division by N − 1).</summary>
    public Tensor<double> EdgeDeviations(int layer) => Matrix(RequireLayer(layer), _layers[layer].Deviations);

    /// <summary>Standard deviations of the sub-nodes of a layer over the samples, before scales and products.</summary>
    public IReadOnlyList<double> SubNodeDeviations(int layer) => _layers[RequireLayer(layer)].SubNodeDeviations;

    /// <summary>L1 norms |φ| of the edges of a layer, means of their magnitudes over the samples, [inputs, sub-nodes] (KAN, arXiv 2404.19756, section 2.5.1).</summary>
    public Tensor<double> EdgeMagnitudes(int layer) => Matrix(RequireLayer(layer), _layers[layer].Magnitudes);

    /// <summary>L1 norm of one edge.</summary>
    public double EdgeMagnitude(EdgeAddress edge) => _layers[RequireLayer(edge.Layer)].Magnitudes[edge.Input * _layers[edge.Layer].SubNodes + edge.Output];

    /// <summary>Means of the edges of a layer over the samples, [inputs, sub-nodes].</summary>
    public Tensor<double> EdgeMeans(int layer) => Matrix(RequireLayer(layer), _layers[layer].Means);

    /// <summary>Largest L1 norm of the edges that lead to each node of a level (KAN: incoming score).</summary>
    /// <param name="level">Level, from 1.</param>
    public IReadOnlyList<double> Incoming(int level)
    {
        RequireLevel(level, 1);
        AttributionLayer layer = _layers[level - 1];
        var scores = new double[layer.Nodes];
        for (int edge = 0; edge < layer.Magnitudes.Length; edge++)
        {
            ref double score = ref scores[layer.NodeOf[edge % layer.SubNodes]];
            score = Math.Max(score, layer.Magnitudes[edge]);
        }

        return scores;
    }

    /// <summary>Largest L1 norm of the edges that leave each node of a level (KAN: outgoing score).</summary>
    /// <param name="level">Level, from 0; the outputs have no such edges.</param>
    public IReadOnlyList<double> Outgoing(int level)
    {
        AttributionLayer layer = _layers[RequireLayer(level)];
        var scores = new double[layer.Inputs];
        for (int edge = 0; edge < layer.Magnitudes.Length; edge++)
            scores[edge / layer.SubNodes] = Math.Max(scores[edge / layer.SubNodes], layer.Magnitudes[edge]);
        return scores;
    }

    /// <summary>Scores of a level from that of one node above.</summary>
    private double[] Back(int from, int node, double score, int to)
    {
        var scores = new double[Nodes[from].Count];
        scores[node] = score;
        for (int layer = from - 1; layer >= to; layer--)
            scores = _layers[layer].Sources(_layers[layer].Edges(scores));
        return scores;
    }

    private Tensor<double> Stack(int width, Func<int, double[]> row)
    {
        var rows = new Tensor<double>(new Shape(Outputs, width));
        for (int output = 0; output < Outputs; output++)
            row(output).CopyTo(rows.Row(output));
        return rows;
    }

    private Tensor<double> Matrix(int layer, double[] edges) => new(new Shape(_layers[layer].Inputs, _layers[layer].SubNodes), (double[])edges.Clone());

    private int RequireLayer(int layer) => (uint)layer < (uint)_layers.Length
        ? layer
        : throw new ArgumentOutOfRangeException(nameof(layer), layer, $"The network has layers 0 to {_layers.Length - 1}.");

    private void RequireLevel(int level, int least)
    {
        if (level < least || level > _layers.Length)
            throw new ArgumentOutOfRangeException(nameof(level), level, $"Allowed are levels {least} to {_layers.Length}.");
    }
}
