using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// The nodes of a <see cref="NodeStage{T}"/> with derivatives of any order: sub-nodes scaled, products factor by factor with Leibniz' rule, all products with as
/// many factors at once. Sums of zero first derivatives are not stored. The scales are constants here unless they are trained, see <see cref="NodeStageNode{T}"/>.
/// </summary>
internal static class NodeJets<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static Jet<T> Of(NodeStage<T> stage, Jet<T> x)
    {
        Tape<T> tape = x.Value.Tape;
        Jet<T> scaled = x.Map((Scale: tape.Use(stage.SubnodeScale), Bias: tape.Use(stage.SubnodeBias)), static (s, value) => value * s.Scale + s.Bias, static (s, derivative) => derivative * s.Scale);
        Plan plan = Plan.Of(stage);
        Jet<T>? all = null;
        foreach (int[][] factors in plan.Groups)
        {
            Jet<T> product = Select(scaled, factors[0]);
            for (int factor = 1; factor < factors.Length; factor++)
                product *= Select(scaled, factors[factor]);
            all = all is { } known ? Jet<T>.Concat(-1, known, product) : product;
        }

        return Select(all!.Value, plan.Order).Map(
            (Scale: tape.Use(stage.NodeScale), Bias: tape.Use(stage.NodeBias)), static (s, value) => value * s.Scale + s.Bias, static (s, derivative) => derivative * s.Scale);
    }

    private static Jet<T> Select(Jet<T> x, int[] columns) => x.Map(columns, static (columns, part) => ColumnsNode<T>.Record(part, columns));

    /// <summary>Which sub-nodes are multiplied: groups of nodes with as many factors, and where the nodes stand when the groups follow one another.</summary>
    /// <param name="Groups">Of every group and factor the sub-nodes.</param>
    /// <param name="Order">Of every node its place.</param>
    private sealed record Plan(int[][][] Groups, int[] Order)
    {
        private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<NodeStage<T>, Plan> Known = [];

        public static Plan Of(NodeStage<T> stage) => Known.GetValue(stage, static stage =>
        {
            int[][] groups = [.. Enumerable.Range(0, stage.Nodes).GroupBy(node => stage.SubnodesOf(node).Count).Select(group => group.ToArray())];
            int[] sequence = [.. groups.SelectMany(nodes => nodes)];
            return new Plan(
                [.. groups.Select(nodes => Enumerable.Range(0, stage.SubnodesOf(nodes[0]).Count).Select(factor => nodes.Select(node => stage.SubnodesOf(node).Start + factor).ToArray()).ToArray())],
                [.. Enumerable.Range(0, stage.Nodes).Select(node => Array.IndexOf(sequence, node))]);
        });
    }
}
