using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>The scores that pruning goes by, in one of the two measures.</summary>
internal sealed class PruneScores
{
    private readonly AttributionResult _scores;
    private readonly PruneMeasure _measure;

    private PruneScores(AttributionResult scores, PruneMeasure measure) => (_scores, _measure) = (scores, measure);

    public static PruneScores Of<T>(KanNetwork<T> network, Tensor<T> inputs, PruneOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(Attribution.Compute(network, inputs, options.Attribution), options.Measure);

    public double Edge(EdgeAddress edge) => _measure == PruneMeasure.Attribution ? _scores[edge] : _scores.EdgeMagnitude(edge);

    /// <summary>Score of an input or a hidden node.</summary>
    public double Node(NodeAddress node) => _measure == PruneMeasure.Attribution ? _scores[node]
        : node.Level == 0 ? _scores.Outgoing(0)[node.Node]
        : Math.Min(_scores.Incoming(node.Level)[node.Node], _scores.Outgoing(node.Level)[node.Node]);
}
