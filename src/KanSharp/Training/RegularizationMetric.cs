namespace KanSharp.Training;

/// <summary>
/// What the size v of an edge is that <see cref="Regularization"/> penalises. Sizes over samples are those of the samples of one pass. The metrics that
/// start from pykan's <c>reg_metric</c> have its two entropies per layer, of rows and of columns, the first two have one entropy over all edges of a layer.
/// </summary>
public enum RegularizationMetric
{
    /// <summary>Mean magnitude of the edge's coefficients; needs no samples (efficient-kan, see <see cref="Layers.EdgeRegularization"/>).</summary>
    Weights,

    /// <summary>Mean magnitude of the edge function over the samples (the KAN paper, arXiv 2404.19756, section 2.5.1).</summary>
    MeanActivation,

    /// <summary>Standard deviation of the edge function over that of its input plus 0.1 (pykan: <c>edge_forward_spline_n</c>, its default).</summary>
    EdgeForwardNormalized,

    /// <summary>Standard deviation of the edge function (pykan: <c>edge_forward_spline_u</c>).</summary>
    EdgeForward,

    /// <summary>
    /// As <see cref="EdgeForwardNormalized"/>, symbolic parts of an edge included (pykan: <c>edge_forward_sum</c>, which has no gradient there; here it has one).
    /// </summary>
    EdgeForwardSum,

    /// <summary>
    /// How much of the outputs' spread goes back to the edge (KAN 2.0, arXiv 2408.10205, section 4.1; pykan: <c>edge_backward</c>). Needs KAN layers in a row.
    /// </summary>
    EdgeBackward,

    /// <summary>The same between the nodes of each layer and the inputs of the network (pykan: <c>node_backward</c>).</summary>
    NodeBackward,
}
