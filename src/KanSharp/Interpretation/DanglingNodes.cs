using System.Numerics;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>
/// Removes hidden nodes that no input reaches and those that reach no output. The function stays what it is: what constant nodes contribute becomes a bias of the
/// sub-nodes they lead to.
/// </summary>
internal static class DanglingNodes
{
    /// <summary>The network without them.</summary>
    /// <param name="network">The network; unchanged.</param>
    /// <param name="kept">Receives the nodes of every level that stay, inputs and outputs included.</param>
    /// <param name="notes">Receives what could not be removed.</param>
    public static KanNetwork<T> Remove<T>(KanNetwork<T> network, out int[][] kept, List<string> notes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        StageView<T>[] stages = StageView<T>.Of(network);
        EdgeGraph graph = EdgeGraph.Of(network);
        double?[][] constants = Constants(stages, graph, out double[][] added);
        bool[][] useful = Useful(stages, graph, constants);
        kept = new int[stages.Length + 1][];
        for (int level = 0; level <= stages.Length; level++)
        {
            bool hidden = level > 0 && level < stages.Length;
            int nodes = level == 0 ? stages[0].Inputs : stages[level - 1].Nodes;
            kept[level] = [.. Enumerable.Range(0, nodes).Where(node => !hidden || useful[level][node])];
            if (kept[level].Length > 0)
                continue;
            kept[level] = [0];
            notes.Add($"No node of level {level} matters to an output any longer: the network is constant. Node 0 stays, since a level has at least one node.");
        }

        // edges from constant nodes have become biases; those of a node that stays all the same must not count twice
        KanNetwork<T> folded = EdgeRemoval.AddToSums(EdgeRemoval.Apply(network, graph, null), added);
        for (int level = 1; level < stages.Length; level++)
        {
            if (kept[level].Length < stages[level].Inputs)
                folded = folded.WithNodes(level, kept[level]);
        }

        for (int layer = 0; layer < stages.Length; layer++)
        {
            if (folded.Stages[layer].Nodes is { IsIdentity: true })
                folded = folded.WithNodeStage(layer, null);
        }

        return folded;
    }

    /// <summary>Values of nodes that are the same whatever the inputs are. Edges that leave them are switched off in the graph and counted as added.</summary>
    private static double?[][] Constants<T>(StageView<T>[] stages, EdgeGraph graph, out double[][] added)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var constants = new double?[stages.Length + 1][];
        constants[0] = new double?[stages[0].Inputs];
        added = new double[stages.Length][];
        for (int layer = 0; layer < stages.Length; layer++)
        {
            StageView<T> stage = stages[layer];
            var sums = new double[stage.SubNodes];
            var varies = new bool[stage.SubNodes];
            added[layer] = new double[stage.SubNodes];
            for (int input = 0; input < stage.Inputs; input++)
            {
                var values = new double[stage.SubNodes];
                if (constants[layer][input] is { } constant)
                    stage.Edges(input, [T.CreateTruncating(constant)], values);
                for (int subNode = 0; subNode < stage.SubNodes; subNode++)
                {
                    if (!graph.Live[layer][input * stage.SubNodes + subNode])
                        continue;
                    if (constants[layer][input] is null)
                    {
                        varies[subNode] = true;
                        continue;
                    }

                    graph.Live[layer][input * stage.SubNodes + subNode] = false;
                    added[layer][subNode] += values[subNode];
                }
            }

            for (int subNode = 0; subNode < sums.Length; subNode++)
                sums[subNode] = stage.Bias(subNode) + added[layer][subNode];
            constants[layer + 1] = [.. Enumerable.Range(0, stage.Nodes).Select(node => Constant(stage, node, sums, varies))];
        }

        return constants;
    }

    private static double? Constant<T>(StageView<T> stage, int node, double[] sums, bool[] varies)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int start, int count) = stage.SubNodesOf(node);
        bool any = false;
        for (int subNode = start; subNode < start + count; subNode++)
        {
            any |= varies[subNode];
            if (!varies[subNode] && stage.SubNode(subNode, sums[subNode]) == 0)
                return stage.NodeOfProduct(node, 0);
        }

        return any ? null : stage.Node(node, sums);
    }

    /// <summary>Nodes from which something reaches an output.</summary>
    private static bool[][] Useful<T>(StageView<T>[] stages, EdgeGraph graph, double?[][] constants)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var useful = new bool[stages.Length + 1][];
        useful[^1] = [.. constants[^1].Select(constant => constant is null)];
        for (int layer = stages.Length - 1; layer >= 0; layer--)
        {
            StageView<T> stage = stages[layer];
            useful[layer] = new bool[stage.Inputs];
            for (int edge = 0; edge < graph.Live[layer].Length; edge++)
            {
                if (graph.Live[layer][edge] && useful[layer + 1][stage.NodeOf(edge % stage.SubNodes)])
                    useful[layer][edge / stage.SubNodes] = true;
            }

            for (int node = 0; node < stage.Inputs; node++)
                useful[layer][node] &= constants[layer][node] is null;
        }

        return useful;
    }
}
