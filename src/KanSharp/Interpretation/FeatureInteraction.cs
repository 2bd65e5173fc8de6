using KanSharp.Autodiff;

namespace KanSharp.Interpretation;

/// <summary>Which inputs the nodes of a level put together (pykan: <c>feature_interaction</c>).</summary>
public static class FeatureInteraction
{
    /// <summary>Groups the nodes of a level by the inputs that matter to them.</summary>
    /// <param name="attribution">Scores of the network.</param>
    /// <param name="level">Level, from 1.</param>
    /// <param name="nodeThreshold">Nodes whose score is not above this are left out (default 10⁻²).</param>
    /// <param name="featureThreshold">An input matters if its score for the node is above this share of the node's largest (default 10⁻²).</param>
    /// <returns>The subsets, those of most nodes first, then by their inputs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level, or a threshold is negative.</exception>
    public static IReadOnlyList<FeatureSubset> Of(AttributionResult attribution, int level, double nodeThreshold = 1e-2, double featureThreshold = 1e-2)
    {
        ArgumentNullException.ThrowIfNull(attribution);
        ArgumentOutOfRangeException.ThrowIfNegative(nodeThreshold);
        ArgumentOutOfRangeException.ThrowIfNegative(featureThreshold);
        Tensor<double> scores = attribution.FeaturesOf(level);
        var subsets = new Dictionary<string, (int[] Inputs, List<int> Nodes)>();
        for (int node = 0; node < scores.Shape[0]; node++)
        {
            if (!(attribution.Nodes[level][node] > nodeThreshold))
                continue;
            double[] row = scores.Row(node).ToArray();
            double least = featureThreshold * row.Max();
            int[] inputs = [.. Enumerable.Range(0, row.Length).Where(input => row[input] > least)];
            string key = string.Join(',', inputs);
            if (!subsets.TryGetValue(key, out (int[] Inputs, List<int> Nodes) subset))
                subsets[key] = subset = (inputs, []);
            subset.Nodes.Add(node);
        }

        return [.. subsets.Values
            .OrderByDescending(subset => subset.Nodes.Count).ThenBy(subset => subset.Nodes[0])
            .Select(subset => new FeatureSubset(subset.Inputs, subset.Nodes))];
    }
}
