using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Networks;
using KanSharp.Plotting;
using KanSharp.Symbolics;

namespace KanSharp.Cli.Discovery;

/// <summary>What the report of a search shows beyond the formulas: the structure of the pick, and the network's edges with the functions that fit them.</summary>
internal static class DiscoveryDetails
{
    private const int MostVariables = 8, StructureRows = 300, MostEdges = 6, FunctionsPerEdge = 3;

    /// <summary>How the pick is put together; null for fewer than two or very many variables.</summary>
    public static TreeDiagram? Structure(DiscoveryOutcome outcome)
    {
        Expression formula = outcome.Pick.Formula;
        IReadOnlyList<string> names = formula.Variables;
        if (names.Count is < 2 or > MostVariables || outcome.Input.Rows.Count < 2)
            return null;
        Dataset<double> rows = outcome.Input.Rows.SelectFeatures(names);
        int count = Math.Min(StructureRows, rows.Count);
        StructureTree tree = StructureTree.Build(SmoothFunction.Of(formula, names), rows.Features[..(count * names.Count)]);
        return tree.Root is { } root ? TreeDiagram.Of(root, names) : null;
    }

    /// <summary>The strongest numeric edges of the network, each with the functions that fit it best.</summary>
    public static IEnumerable<CandidateChart> Edges(NetworkFinding found, Tensor<double> inputs, AttributionResult scores, FunctionCatalog catalog)
    {
        KanNetwork<double> network = found.Network;
        IEnumerable<EdgeAddress> strongest = Enumerable.Range(0, network.Stages.Count)
            .SelectMany(layer => Enumerable.Range(0, network.Stages[layer].Inputs).SelectMany(input => Enumerable.Range(0, network.Stages[layer].Subnodes).Select(output => new EdgeAddress(layer, input, output))))
            .Where(edge => network.Mode(edge.Layer, edge.Input, edge.Output) == EdgeMode.Numeric)
            .OrderByDescending(edge => scores[edge]).Take(MostEdges);
        foreach (EdgeAddress edge in strongest)
        {
            EdgeCurve curve = EdgeCurves.AtSamples(network, edge, inputs);
            EdgeFit fit = EdgeFitter.Fit([.. curve.X], [.. curve.Y], options: new EdgeFitOptions { Catalog = catalog });
            EdgeFormula[] formulas =
            [
                .. fit.Candidates.Take(FunctionsPerEdge).Select(candidate => new EdgeFormula(
                    edge.Layer, edge.Input, edge.Output, candidate.Function, candidate.A, candidate.B, candidate.C, candidate.D, candidate.Exponent)),
            ];
            yield return NetworkPictures.Candidates(network, edge.Layer, edge.Input, edge.Output, formulas, inputs);
        }
    }
}
