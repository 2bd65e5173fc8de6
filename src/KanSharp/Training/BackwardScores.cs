using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Kernels;

namespace KanSharp.Training;

/// <summary>
/// Attribution scores of KAN 2.0 (arXiv 2408.10205, section 4.1) as pykan computes them, on the tape. With E = spread of an edge and N = spread of the node
/// it leads to, an output's score goes back as A_i = Σ_j A_j·E_ij/(N_j + 10⁻⁴); scores are means over outputs, and everything is linear in
/// the score that it starts from, so the mean itself is carried back. The score of a product node is that of each of its sub-nodes; N is the spread of a sub-node.
/// </summary>
internal static class BackwardScores
{
    private const double Offset = 1e-4;

    /// <summary>One matrix of scores per layer.</summary>
    /// <param name="layers">The layers in the order of computation; each must take the output of the one before.</param>
    /// <param name="output">Output of the module, that of the last layer.</param>
    /// <param name="nodes">Whether scores between nodes of each layer and network inputs are meant, instead of those of edges.</param>
    /// <param name="holdNodes">Whether the spreads of nodes count as constants in the gradient, as in pykan.</param>
    /// <param name="terms">Receives the spreads of edges.</param>
    public static List<Var<T>> Of<T>(IReadOnlyList<RecordedLayer<T>> layers, Var<T> output, bool nodes, bool holdNodes, List<EdgeTerm<T>> terms)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int index = 0; index < layers.Count; index++)
        {
            Var<T> follower = index + 1 < layers.Count ? layers[index + 1].X : output;
            if (follower.Node != layers[index].Nodes.Node)
                throw new InvalidOperationException($"Backward metrics need layers of numeric edges in a row up to the output; something else follows KAN layer {index} of {layers.Count}. Use RegularizationMetric.EdgeForwardNormalized.");
        }

        Tape<T> tape = output.Tape;
        var shares = new Var<T>[layers.Count];
        for (int index = 0; index < layers.Count; index++)
        {
            Var<T> spreads = layers[index].Layer.EdgeSizes(layers[index].X, EdgeSize.Deviation);
            terms.Add(new EdgeTerm<T>(layers[index], spreads, EdgeSize.Deviation));
            Var<T> nodeSpreads = ColumnSpreadNode<T>.Record(layers[index].Y);
            shares[index] = spreads / ((holdNodes ? nodeSpreads.Detach() : nodeSpreads) + T.CreateTruncating(Offset));
        }

        var scores = new Var<T>[layers.Count + 1];
        int outputs = layers[^1].Nodes.Shape.Last;
        scores[^1] = tape.Constant(Filled(outputs, T.One / T.CreateTruncating(outputs)), new Shape(outputs));
        var matrices = new List<Var<T>>();
        for (int index = layers.Count - 1; index >= 0; index--)
        {
            Var<T> edges = shares[index] * (layers[index].Stage is { } stage ? scores[index + 1].Gather(NodesOf(stage)) : scores[index + 1]);
            scores[index] = edges.Sum(1);
            if (!nodes)
                matrices.Add(edges);
        }

        if (!nodes)
            return matrices;
        Var<T>? path = null;
        for (int index = 0; index < layers.Count; index++)
        {
            // [network inputs, nodes]: what a unit score of a node is worth at the inputs
            path = path is { } before ? before.MatMul(shares[index]) : shares[index];
            if (layers[index].Stage is { } stage)
                path = path.Value.MatMul(tape.Constant(Membership(stage)));
            matrices.Add(path.Value * scores[index + 1]);
        }

        return matrices;
    }

    private static int[] NodesOf<T>(NodeStage<T> stage)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. Enumerable.Range(0, stage.Subnodes).Select(stage.NodeOf)];

    /// <summary>[sub-nodes, nodes]: 1 where a sub-node is part of a node.</summary>
    private static Tensor<T> Membership<T>(NodeStage<T> stage)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var membership = new Tensor<T>(new Shape(stage.Subnodes, stage.Nodes));
        for (int subnode = 0; subnode < stage.Subnodes; subnode++)
            membership[subnode, stage.NodeOf(subnode)] = T.One;
        return membership;
    }

    private static T[] Filled<T>(int count, T value)
    {
        var values = new T[count];
        Array.Fill(values, value);
        return values;
    }
}
