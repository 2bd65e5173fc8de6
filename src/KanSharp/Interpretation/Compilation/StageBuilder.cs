using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Symbolics;

namespace KanSharp.Interpretation.Compilation;

/// <summary>Makes a layer of the nodes of two levels.</summary>
internal static class StageBuilder
{
    public static KanStage<T> Build<T>(IReadOnlyList<PlacedNode> below, IReadOnlyList<PlacedNode> above, CompilerOptions options, ulong number)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<SymbolicEdge> edges = [];
        List<double> affine = [], exponents = [];
        int subnode = 0;
        foreach (PlacedNode node in above)
        {
            for (int factor = 0; factor < node.Factors.Count; factor++)
            {
                double offset = node.Factors[factor].Constant;
                foreach ((PlacedNode from, GraphTerm term) in node.Edges[factor])
                {
                    edges.Add(new SymbolicEdge(IndexOf(below, from), subnode, term.Function));
                    affine.AddRange([term.A, term.B, term.C, offset]);
                    exponents.Add(term.Exponent);
                    offset = 0;
                }

                if (node.Edges[factor].Count == 0)
                {
                    edges.Add(new SymbolicEdge(0, subnode, FunctionCatalog.Standard["0"]));
                    affine.AddRange([1, 0, 1, offset]);
                    exponents.Add(1);
                }

                subnode++;
            }
        }

        var symbolic = new SymbolicEdges<T>(
            below.Count, subnode, edges, Tensor<T>(affine).Reshape(new Shape(edges.Count, 4)), edges.Exists(edge => edge.Function.HasExponent) ? Tensor<T>(exponents) : null);
        if (symbolic.Exponents is not null)
            symbolic.Exponents.Trainable = options.TrainExponents;
        return KanStage<T>.FromSymbolic(symbolic, Nodes<T>(above), options.Numeric, unchecked(options.Seed * 1000003 + number));
    }

    /// <summary>The nodes, if they are more than sums: those from the first product on are products, if need be of one factor, so that outputs keep their order.</summary>
    private static NodeStage<T>? Nodes<T>(IReadOnlyList<PlacedNode> nodes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int sums = nodes.TakeWhile(node => node.Factors.Count == 1).Count();
        if (sums == nodes.Count)
            return null;
        var stage = new NodeStage<T>(sums, [.. nodes.Skip(sums).Select(node => node.Factors.Count)]);
        for (int node = 0; node < nodes.Count; node++)
        {
            stage.NodeScale.Value[node] = T.CreateTruncating(nodes[node].Scale);
            stage.NodeBias.Value[node] = T.CreateTruncating(nodes[node].Bias);
        }

        return stage;
    }

    private static Tensor<T> Tensor<T>(List<double> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(new Shape(values.Count), [.. values.Select(T.CreateTruncating)]);

    private static int IndexOf(IReadOnlyList<PlacedNode> nodes, PlacedNode node)
    {
        for (int index = 0; index < nodes.Count; index++)
        {
            if (ReferenceEquals(nodes[index], node))
                return index;
        }

        throw new InvalidOperationException("An edge leads from a node that is not on the level below.");
    }
}
