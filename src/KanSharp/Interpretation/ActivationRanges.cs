using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Interpretation;

/// <summary>Ranges of all nodes and edges over samples.</summary>
public sealed class ActivationRanges
{
    private readonly ActivationRange[][] _nodes;
    private readonly ActivationRange[][] _edges;
    private readonly int[] _subNodes;

    private ActivationRanges(double[] probabilities, ActivationRange[][] nodes, ActivationRange[][] edges, int[] subNodes) =>
        (Probabilities, _nodes, _edges, _subNodes) = (probabilities, nodes, edges, subNodes);

    /// <summary>What the quantiles are: 0.5 is the median.</summary>
    public IReadOnlyList<double> Probabilities { get; }

    /// <summary>Ranges of the nodes of every level, inputs first.</summary>
    public IReadOnlyList<IReadOnlyList<ActivationRange>> Nodes => _nodes;

    /// <summary>Range of an edge.</summary>
    public ActivationRange this[EdgeAddress edge] => _edges[edge.Layer][edge.Input * _subNodes[edge.Layer] + edge.Output];

    /// <summary>Range of a node.</summary>
    public ActivationRange this[NodeAddress node] => _nodes[node.Level][node.Node];

    /// <summary>Computes the ranges.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">Samples [N, inputs].</param>
    /// <param name="probabilities">Quantiles to compute, each 0 to 1; null (default) takes 0.05, 0.25, 0.5, 0.75 and 0.95.</param>
    /// <param name="mostSamples">Of more samples than this every n-th is taken, at least 2 (default 4096).</param>
    /// <exception cref="ArgumentException">Shapes or probabilities are out of range, or a sample leads to a value that is not finite.</exception>
    public static ActivationRanges Compute<T>(KanNetwork<T> network, Tensor<T> inputs, IReadOnlyList<double>? probabilities = null, int mostSamples = 4096)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostSamples, 2);
        double[] quantiles = probabilities is null ? [0.05, 0.25, 0.5, 0.75, 0.95] : [.. probabilities];
        NodeValues values = NodeValues.Of(network, inputs, mostSamples);
        StageView<T>[] stages = StageView<T>.Of(network);
        var nodes = new ActivationRange[stages.Length + 1][];
        var edges = new ActivationRange[stages.Length][];
        for (int level = 0; level <= stages.Length; level++)
        {
            StageView<T>? stage = level < stages.Length ? stages[level] : null;
            nodes[level] = new ActivationRange[values.Widths[level]];
            if (stage is not null)
                edges[level] = new ActivationRange[stage.Inputs * stage.SubNodes];
            for (int node = 0; node < nodes[level].Length; node++)
            {
                double[] column = values.Column(level, node);
                double outside = stage is null ? 0 : Outside(column, stage.Grid(node));
                nodes[level][node] = Range(column, quantiles, outside);
                if (stage is null)
                    continue;
                var leaving = new double[column.Length * stage.SubNodes];
                stage.Edges(node, Array.ConvertAll(column, T.CreateTruncating), leaving);
                for (int subNode = 0; subNode < stage.SubNodes; subNode++)
                    edges[level][node * stage.SubNodes + subNode] = Range(Strided(leaving, stage.SubNodes, subNode), quantiles, outside);
            }
        }

        return new ActivationRanges(quantiles, nodes, edges, [.. stages.Select(stage => stage.SubNodes)]);
    }

    private static double[] Strided(double[] values, int width, int column)
    {
        var one = new double[values.Length / width];
        for (int row = 0; row < one.Length; row++)
            one[row] = values[row * width + column];
        return one;
    }

    private static ActivationRange Range(double[] values, double[] probabilities, double outside)
    {
        Array.Sort(values);
        return new ActivationRange(values[0], values[^1], [.. probabilities.Select(probability => Statistics.QuantileOfSorted<double>(values, probability))], outside);
    }

    private static double Outside(double[] values, (double Low, double High) grid) =>
        (double)values.Count(value => !(value >= grid.Low && value <= grid.High)) / values.Length;
}
