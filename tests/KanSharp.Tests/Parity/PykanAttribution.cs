using System.Globalization;
using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Interpretation;
using KanSharp.Networks;

namespace KanSharp.Tests.Parity;

/// <summary>Kind attribution: scores of features, nodes, sub-nodes and edges, for each output and in the mean, and the spreads behind them.</summary>
internal static class PykanAttribution
{
    private const double Tolerance = 1e-12;

    public static void Check(VectorCase vector)
    {
        KanNetwork<double> network = PykanModel.Network(vector);
        AttributionResult scores = Attribution.Compute(network, vector.Tensor("inputs", "x"));
        Near("feature_score", vector.Expect.GetProperty("feature_score"), scores.Features);
        for (int level = 0; level < scores.Nodes.Count; level++)
        {
            Near("node_scores", vector.Expect.GetProperty("node_scores")[level], scores.Nodes[level]);
            Near("node_scores_all", vector.Expect.GetProperty("node_scores_all")[level], scores.NodesByOutput(level).Span);
        }

        for (int layer = 0; layer < scores.Edges.Count; layer++)
        {
            Near("edge_scores", vector.Expect.GetProperty("edge_scores")[layer], Swapped(scores.Edges[layer]));
            Near("edge_actscale", vector.Expect.GetProperty("edge_actscale")[layer], Swapped(scores.EdgeDeviations(layer)));
            Near("subnode_scores", vector.Expect.GetProperty("subnode_scores")[layer], scores.SubNodes[layer]);
            Near("subnode_actscale", vector.Expect.GetProperty("subnode_actscale")[layer], scores.SubNodeDeviations(layer));
            Tensor<double> all = scores.EdgesByOutput(layer);
            int size = all.Shape[1] * all.Shape[2];
            double[] swapped = [.. Enumerable.Range(0, all.Shape[0]).SelectMany(output =>
                Swapped(new Tensor<double>(new Shape(all.Shape[1], all.Shape[2]), all.Span.Slice(output * size, size).ToArray())))];
            Near("edge_scores_all", vector.Expect.GetProperty("edge_scores_all")[layer], swapped);
            string level = (layer + 1).ToString(CultureInfo.InvariantCulture);
            Near("attribute", vector.Expect.GetProperty($"attribute_l{level}_all"), scores.FeaturesOf(layer + 1).Span);
            CheckInteraction(vector.Expect.GetProperty("feature_interaction").GetProperty(level), FeatureInteraction.Of(scores, layer + 1));
        }
    }

    /// <summary>pykan counts inputs in a string "0,1".</summary>
    private static void CheckInteraction(JsonElement expected, IReadOnlyList<FeatureSubset> subsets)
    {
        Assert.Equal(
            expected.EnumerateObject().Select(entry => $"{entry.Name}: {entry.Value.GetInt32()}").Order(StringComparer.Ordinal),
            subsets.Select(subset => $"{string.Join(',', subset.Inputs)}: {subset.Nodes.Count}").Order(StringComparer.Ordinal));
    }

    /// <summary>[in, out] to pykan's [out, in].</summary>
    public static double[] Swapped(Tensor<double> edges)
    {
        var swapped = new double[edges.Shape.Count];
        for (int input = 0; input < edges.Shape[0]; input++)
        {
            for (int output = 0; output < edges.Shape[1]; output++)
                swapped[output * edges.Shape[0] + input] = edges[input, output];
        }

        return swapped;
    }

    private static void Near(string what, JsonElement expected, IEnumerable<double> actual) => Near(what, expected, actual.ToArray().AsSpan());

    private static void Near(string what, JsonElement expected, ReadOnlySpan<double> actual) => Compare.Close(what, VectorCase.Tensor(expected), actual, Tolerance);
}
