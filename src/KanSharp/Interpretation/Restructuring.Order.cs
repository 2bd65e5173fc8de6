using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <content>The order of hidden nodes.</content>
public static partial class Restructuring
{
    private const int MostSweeps = 100;

    /// <summary>Swaps two nodes of a hidden level with all their edges, scales and factors. The function stays what it is.</summary>
    /// <param name="network">The network.</param>
    /// <param name="level">Hidden level.</param>
    /// <param name="first">A node.</param>
    /// <param name="second">Another, a sum if the first is one, a product if it is one.</param>
    /// <exception cref="ArgumentException">There is no such level or node, or one is a sum and the other a product.</exception>
    public static EditResult<T> Swap<T>(KanNetwork<T> network, int level, int first, int second)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        RequireHidden(network, level);
        int width = network.Widths[level];
        foreach (int node in new[] { first, second })
        {
            if ((uint)node >= (uint)width)
                throw new ArgumentOutOfRangeException(nameof(first), node, Text($"Nodes of level {level} are 0 to {width - 1}."));
        }

        int sums = SumsOf(network, level);
        if (first < sums != second < sums)
            throw new ArgumentException(Text($"Of nodes {first} and {second} of level {level} one is a sum and the other a product; sums come first (nodes 0 to {sums - 1}), so that these can not be swapped."), nameof(second));
        int[] order = All(width);
        (order[first], order[second]) = (second, first);
        return Result(network, network.WithNodes(level, order), [Text($"level {level}: nodes {first} and {second} swapped")]);
    }

    /// <summary>Sum over edges of their score times the distance of their ends, at (i + ½)/n of their level: what crossing lines cost a reader.</summary>
    /// <param name="network">The network.</param>
    /// <param name="scores">Its scores.</param>
    public static double ConnectionCost<T>(KanNetwork<T> network, AttributionResult scores)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(scores);
        int[][] orders = [.. network.Widths.Select(All)];
        return Enumerable.Range(0, network.Stages.Count).Sum(layer => Cost(network.Stages[layer], scores.Edges[layer], orders[layer], orders[layer + 1]));
    }

    /// <summary>Reorders the nodes of hidden levels to lower the <see cref="ConnectionCost"/> by swaps, as long as one helps. The function stays what it is.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">Samples [N, features] for the scores of edges.</param>
    /// <exception cref="ArgumentException">The shape does not fit, or a sample leads to a value that is not finite.</exception>
    public static EditResult<T> AutoSwap<T>(KanNetwork<T> network, Tensor<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        AttributionResult scores = Attribution.Compute(network, inputs);
        int[][] orders = [.. network.Widths.Select(All)];
        double before = Total();
        for (int sweep = 0; sweep < MostSweeps && Sweep(); sweep++)
        {
        }

        KanNetwork<T> reordered = network.Clone();
        var changes = new List<string>();
        for (int level = 1; level < network.Stages.Count; level++)
        {
            if (orders[level].SequenceEqual(All(orders[level].Length)))
                continue;
            reordered = reordered.WithNodes(level, orders[level]);
            changes.Add(Text($"level {level}: order [{string.Join(", ", orders[level])}]"));
        }

        changes.Add(Text($"connection cost {before:G6} -> {Total():G6}"));
        return Result(network, reordered, changes);

        double Total() => Enumerable.Range(0, network.Stages.Count).Sum(CostOf);
        double CostOf(int layer) => Cost(network.Stages[layer], scores.Edges[layer], orders[layer], orders[layer + 1]);
        bool Sweep()
        {
            bool improved = false;
            for (int level = 1; level < network.Stages.Count; level++)
            {
                int[] order = orders[level];
                int sums = SumsOf(network, level);
                double cost = CostOf(level - 1) + CostOf(level);
                for (int first = 0; first < order.Length; first++)
                {
                    for (int second = first + 1; second < order.Length; second++)
                    {
                        if (first < sums != second < sums)
                            continue;
                        (order[first], order[second]) = (order[second], order[first]);
                        double swapped = CostOf(level - 1) + CostOf(level);
                        if (swapped < cost * (1 - 1e-12))
                            (cost, improved) = (swapped, true);
                        else
                            (order[first], order[second]) = (order[second], order[first]);
                    }
                }
            }

            return improved;
        }
    }

    /// <summary>Cost of a layer whose nodes stand in another order: the old number of the node at every place.</summary>
    private static double Cost<T>(KanStage<T> stage, Tensor<double> scores, int[] below, int[] above)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double cost = 0;
        int place = 0;
        foreach (int node in above)
        {
            (int start, int count) = stage.Nodes?.SubnodesOf(node) ?? (node, 1);
            for (int subNode = start; subNode < start + count; subNode++, place++)
            {
                for (int input = 0; input < below.Length; input++)
                    cost += scores[below[input], subNode] * Math.Abs((input + 0.5) / below.Length - (place + 0.5) / stage.Subnodes);
            }
        }

        return cost;
    }

    private static int SumsOf<T>(KanNetwork<T> network, int level)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        network.Stages[level - 1].Nodes?.Sums ?? network.Widths[level];
}
