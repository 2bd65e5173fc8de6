using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Interpretation;
using KanSharp.Networks;

namespace KanSharp.Tests.Parity;

/// <summary>Kinds pykan_prune and pykan_prune_input: what stays, the parameters of it, and the outputs after. pykan keeps no means.</summary>
internal static class PykanPruning
{
    private const double Tolerance = 1e-12;

    public static void Check(VectorCase vector)
    {
        (KanNetwork<double> network, Tensor<double> x) = Before(vector);
        AttributionResult before = Attribution.Compute(network, x);
        CheckScores(vector, "_before", before);
        (KanNetwork<double> pruned, PruneReport report) = Pruner.Prune(network, x, new PruneOptions
        {
            NodeThreshold = vector.Expect.GetProperty("node_th").GetDouble(),
            EdgeThreshold = vector.Expect.GetProperty("edge_th").GetDouble(),
            KeepMeans = false,
        });
        Assert.Equal(Numbers(vector.Expect.GetProperty("active_hidden")[1]), report.KeptNodes.Select(part => part.Address.Node));
        Assert.Equal(vector.Expect.GetProperty("width_after").EnumerateArray().Select(width => width[0].GetInt32()), pruned.Widths);
        Assert.Equal(vector.Expect.GetProperty("n_edge_after").GetInt32(), report.KeptEdges.Count);
        CheckAfter(vector, pruned, x);
        for (int layer = 0; layer < pruned.Layers.Count; layer++)
            Compare.Close<double>("mask", VectorCase.Tensor(vector.Expect.GetProperty("mask_after")[layer]), pruned.Layers[layer].Mask!.Value.Span, Tolerance);
        CheckScores(vector, "_after", Attribution.Compute(pruned, x));
    }

    public static void CheckInput(VectorCase vector)
    {
        (KanNetwork<double> network, Tensor<double> x) = Before(vector);
        Compare.Close<double>("feature_score", vector.Tensor("expect", "feature_score"), Attribution.Compute(network, x).Features.ToArray(), Tolerance);
        KanNetwork<double> pruned = Pruner.Prune(network, x, new PruneOptions
        {
            NodeThreshold = null,
            EdgeThreshold = null,
            InputThreshold = vector.Expect.GetProperty("threshold").GetDouble(),
            KeepMeans = false,
        }).Network;
        Assert.Equal(Numbers(vector.Expect.GetProperty("input_id")), pruned.InputSelection);
        CheckAfter(vector, pruned, x);
    }

    private static (KanNetwork<double> Network, Tensor<double> X) Before(VectorCase vector)
    {
        KanNetwork<double> network = PykanModel.Network(vector);
        Tensor<double> x = vector.Tensor("inputs", "x");
        Compare.Close<double>("y before", vector.Tensor("outputs", "y_before"), network.Predict(x).Span, Tolerance);
        return (network, x);
    }

    private static void CheckAfter(VectorCase vector, KanNetwork<double> pruned, Tensor<double> x)
    {
        Compare.Close<double>("y after", vector.Tensor("outputs", "y_after"), pruned.Predict(x).Span, Tolerance);
        PykanModel.CompareNetwork("after", pruned, vector.Expect.GetProperty("params_after"), gradients: false, Tolerance);
    }

    private static void CheckScores(VectorCase vector, string when, AttributionResult scores)
    {
        foreach ((JsonElement expected, IReadOnlyList<double> actual) in vector.Expect.GetProperty("node_scores" + when).EnumerateArray().Zip(scores.Nodes))
            Compare.Close<double>("node scores" + when, VectorCase.Tensor(expected), actual.ToArray(), Tolerance);
        foreach ((JsonElement expected, Tensor<double> actual) in vector.Expect.GetProperty("edge_scores" + when).EnumerateArray().Zip(scores.Edges))
            Compare.Close<double>("edge scores" + when, VectorCase.Tensor(expected), PykanAttribution.Swapped(actual), Tolerance);
    }

    private static IEnumerable<int> Numbers(JsonElement array) => array.EnumerateArray().Select(number => number.GetInt32());
}
