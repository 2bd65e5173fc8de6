using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>Switches edges off. The shape of the network stays; constants that edges leave behind become biases of sub-nodes.</summary>
internal static class EdgeRemoval
{
    private const int MostSamples = 10_000;

    /// <summary>The network without some of its edges.</summary>
    /// <param name="network">The network.</param>
    /// <param name="live">Edges that stay.</param>
    /// <param name="inputs">Samples over which the mean of a removed edge is taken and kept, layer after layer as the new network computes; null keeps no mean.</param>
    public static KanNetwork<T> Apply<T>(KanNetwork<T> network, EdgeGraph live, Tensor<T>? inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        StageView<T>[] views = StageView<T>.Of(network);
        double[][] means = inputs is null
            ? [.. views.Select(view => new double[view.SubNodes])]
            : Means(network, views, live, Samples.Thin(inputs, MostSamples));
        EdgeGraph before = EdgeGraph.Of(network);
        var edits = new NetworkEdits<T>(network);
        foreach (EdgeAddress edge in before.Edges().Where(edge => !live[edge]))
        {
            edits.SwitchNumeric(edge.Layer, edge.Input, edge.Output, on: false);
            edits.RemoveSymbolic(edge.Layer, edge.Input, edge.Output);
        }

        return AddToSums(edits.Apply(), means);
    }

    /// <summary>The network with constants added to its sums of edges. Where a layer has a bias it takes them, else the sub-nodes do.</summary>
    /// <param name="network">A network that belongs to the caller: its values change.</param>
    /// <param name="added">One number for each sub-node of each layer.</param>
    public static KanNetwork<T> AddToSums<T>(KanNetwork<T> network, double[][] added)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int layer = 0; layer < added.Length; layer++)
        {
            if (!added[layer].AsSpan().ContainsAnyExcept(0))
                continue;
            Parameter<T>? bias = network.Layers[layer].Bias;
            if (bias is null && network.Stages[layer].Nodes is null)
                network = network.WithNodeStage(layer, new NodeStage<T>(added[layer].Length));
            NodeStage<T>? nodes = network.Stages[layer].Nodes;
            for (int subNode = 0; subNode < added[layer].Length; subNode++)
            {
                T value = T.CreateTruncating(added[layer][subNode]);
                if (bias is not null)
                    bias.Value[subNode] += value;
                else
                    nodes!.SubnodeBias.Value[subNode] += nodes.SubnodeScale.Value[subNode] * value;
            }
        }

        return network;
    }

    /// <summary>Means of the removed edges of every sub-node, with what the network computes once they are gone.</summary>
    private static double[][] Means<T>(KanNetwork<T> network, StageView<T>[] views, EdgeGraph live, Tensor<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        EdgeGraph before = EdgeGraph.Of(network);
        int rows = inputs.Shape[0];
        double[] x = Array.ConvertAll(network.SelectInputs(inputs).Span.ToArray(), double.CreateTruncating);
        var means = new double[views.Length][];
        for (int layer = 0; layer < views.Length; layer++)
        {
            StageView<T> view = views[layer];
            int width = view.SubNodes;
            means[layer] = new double[width];
            double[] sums = new double[rows * width], edges = new double[rows * width];
            var column = new T[rows];
            for (int input = 0; input < view.Inputs; input++)
            {
                for (int row = 0; row < rows; row++)
                    column[row] = T.CreateTruncating(x[row * view.Inputs + input]);
                view.Edges(input, column, edges);
                for (int subNode = 0; subNode < width; subNode++)
                {
                    bool stays = live.Live[layer][input * width + subNode];
                    if (!stays && !before.Live[layer][input * width + subNode])
                        continue;
                    for (int index = subNode; index < edges.Length; index += width)
                    {
                        if (stays)
                            sums[index] += edges[index];
                        else
                            means[layer][subNode] += edges[index] / rows;
                    }
                }
            }

            for (int index = 0; index < sums.Length; index++)
                sums[index] += means[layer][index % width] + view.Bias(index % width);
            x = new double[rows * view.Nodes];
            view.Combine(sums, x);
        }

        return means;
    }
}
