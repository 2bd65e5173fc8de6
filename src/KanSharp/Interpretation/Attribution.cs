using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>
/// How much edges and nodes matter (Liu et al., KAN 2.0, arXiv 2408.10205, section 4.1). An output has the score 1; a node's score goes to its sub-nodes as it is,
/// and from a sub-node s to an edge e in the share E_e/N_s of their standard deviations over the samples; a node below has the sum of its outgoing edges. Unlike the
/// size of an activation this tells a node whose variation reaches the outputs from one whose variation does not.
/// </summary>
public static class Attribution
{
    /// <summary>Computes all scores. The network is not changed, and nothing of the size samples × inputs × outputs is stored.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">Samples [N, inputs] that scores are about: training data, as a rule.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a sample leads to a value that is not finite.</exception>
    public static AttributionResult Compute<T>(KanNetwork<T> network, Tensor<T> inputs, AttributionOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        options ??= new AttributionOptions();
        StageView<T>[] stages = StageView<T>.Of(network);
        int outputs = stages[^1].Nodes;
        double[] weights = options.OutputWeights is { } given ? [.. given] : [.. Enumerable.Repeat(1.0, outputs)];
        if (weights.Length != outputs || weights.Any(weight => !double.IsFinite(weight)))
            throw new ArgumentException($"{weights.Length} output weights were given for {outputs} outputs; one finite number for each is needed.", nameof(options));
        var spreads = new Spreads([.. stages.Select(stage => (stage.Inputs, stage.SubNodes))]);
        SamplePass.Run(network, inputs, spreads);
        var layers = new AttributionLayer[stages.Length];
        for (int layer = 0; layer < layers.Length; layer++)
        {
            StageView<T> stage = stages[layer];
            layers[layer] = new AttributionLayer(
                stage.Inputs, stage.Nodes, [.. Enumerable.Range(0, stage.SubNodes).Select(stage.NodeOf)],
                spreads.Edges(layer), spreads.SubNodes[layer].Deviations(), spreads.Magnitudes(layer), spreads.Means(layer), options.Offset);
        }

        return new AttributionResult(layers, weights);
    }

    private sealed class Spreads((int Inputs, int SubNodes)[] sizes) : ISampleVisitor
    {
        private readonly Moments[][] _edges = [.. sizes.Select(size => Enumerable.Range(0, size.Inputs).Select(_ => new Moments(size.SubNodes)).ToArray())];

        public Moments[] SubNodes { get; } = [.. sizes.Select(size => new Moments(size.SubNodes))];

        public double[] Edges(int layer) => [.. _edges[layer].SelectMany(input => input.Deviations())];

        public double[] Magnitudes(int layer) => [.. _edges[layer].SelectMany(input => input.Magnitudes())];

        public double[] Means(int layer) => [.. _edges[layer].SelectMany(input => input.Mean)];

        void ISampleVisitor.Nodes(int level, int rows, ReadOnlySpan<double> values)
        {
        }

        void ISampleVisitor.Edges(int layer, int input, int rows, ReadOnlySpan<double> values) => _edges[layer][input].Add(rows, values);

        void ISampleVisitor.SubNodes(int layer, int rows, ReadOnlySpan<double> values) => SubNodes[layer].Add(rows, values);
    }
}
