using System.Globalization;
using KanSharp.Autodiff;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Interpretation;

/// <summary>Functions to choose from for the edges of a network.</summary>
internal sealed class EdgeChoices(EdgeLibrary library, EdgeFitOptions options, int perEdge, Executor? executor, CancellationToken cancellation)
{
    /// <summary>Without a candidate that reaches the floor the best ones are tried, if they explain this much: the error of the whole network then decides.</summary>
    private const double LastResortR2 = 0.5;

    private const int LastResorts = 2;

    /// <summary>Fits the numeric edges of a layer, or of all layers.</summary>
    public IReadOnlyList<SymbolicEdgeFit> Fit(KanNetwork<double> network, Tensor<double> inputs, int? layer) =>
        SymbolicEdgeWork.Run(network, inputs, layer, library, options, executor, cancellation);

    /// <summary>Says for which edge there is no function; null if there is one for each.</summary>
    public static string? Missing(IReadOnlyList<SymbolicEdgeFit> edges)
    {
        foreach (SymbolicEdgeFit edge in edges)
        {
            if (Considered(edge.Fit, 1).Count == 0)
                return $"No function comes close to edge ({edge.Layer}, {edge.Input}, {edge.Output}): {edge.Fit.Message}";
        }

        return null;
    }

    /// <summary>The first combinations of functions for some edges, by total score.</summary>
    public IEnumerable<EdgeFormula[]> Combinations(IReadOnlyList<SymbolicEdgeFit> edges, int most)
    {
        IReadOnlyList<EdgeCandidate>[] lists = [.. edges.Select(edge => Considered(edge.Fit, perEdge))];
        return CandidateCombinations.Best(lists, most).Select(choice => edges.Select((edge, index) => Formula(edge, lists[index][choice[index]])).ToArray());
    }

    /// <summary>Functions by name, in the order of the edges.</summary>
    public static string Describe(IReadOnlyList<EdgeFormula> edges) =>
        string.Join(", ", edges.Select(edge => string.Create(CultureInfo.InvariantCulture, $"({edge.Layer}, {edge.Input}, {edge.Output}) {edge.Function.Name}")));

    private static IReadOnlyList<EdgeCandidate> Considered(EdgeFit fit, int most) => fit.Passing > 0
        ? [.. fit.Candidates.Take(Math.Min(most, fit.Passing))]
        : [.. fit.Candidates.Where(candidate => candidate.R2 >= LastResortR2).OrderByDescending(candidate => candidate.R2).Take(LastResorts).OrderBy(candidate => candidate.Score)];

    private static EdgeFormula Formula(SymbolicEdgeFit edge, EdgeCandidate candidate) => new(
        edge.Layer, edge.Input, edge.Output, candidate.Function, candidate.A, candidate.B, candidate.C, candidate.D, candidate.Exponent);
}
