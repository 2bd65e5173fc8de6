using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>Edge functions as data: for pictures, fits and exports.</summary>
public static class EdgeCurves
{
    /// <summary>The function of an edge at given places.</summary>
    /// <param name="network">The network.</param>
    /// <param name="edge">The edge.</param>
    /// <param name="x">Places.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such edge.</exception>
    public static EdgeCurve At<T>(KanNetwork<T> network, EdgeAddress edge, params ReadOnlySpan<double> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        View(network, edge).Curve(edge, x);

    /// <summary>The function of an edge over the range of what reaches it, at evenly spaced places.</summary>
    /// <param name="network">The network.</param>
    /// <param name="edge">The edge.</param>
    /// <param name="inputs">Samples [N, inputs].</param>
    /// <param name="points">Places, at least 2 (default 201).</param>
    /// <exception cref="ArgumentException">There is no such edge, or the shape does not fit.</exception>
    public static EdgeCurve OverSamples<T>(KanNetwork<T> network, EdgeAddress edge, Tensor<T> inputs, int points = 201)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        StageView<T> stage = View(network, edge);
        double[] samples = NodeValues.Of(network, inputs).Column(edge.Layer, edge.Input);
        return stage.Curve(edge, Places(samples.Min(), samples.Max(), points));
    }

    /// <summary>The function of an edge over its grid, at evenly spaced places.</summary>
    /// <inheritdoc cref="OverSamples"/>
    public static EdgeCurve OverGrid<T>(KanNetwork<T> network, EdgeAddress edge, int points = 201)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        StageView<T> stage = View(network, edge);
        (double low, double high) = stage.Grid(edge.Input);
        return stage.Curve(edge, Places(low, high, points));
    }

    /// <summary>The function of an edge at what reaches it, one place per sample in the order of the samples.</summary>
    /// <param name="network">The network.</param>
    /// <param name="edge">The edge.</param>
    /// <param name="inputs">Samples [N, inputs].</param>
    /// <exception cref="ArgumentException">There is no such edge, or the shape does not fit.</exception>
    public static EdgeCurve AtSamples<T>(KanNetwork<T> network, EdgeAddress edge, Tensor<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        View(network, edge).Curve(edge, NodeValues.Of(network, inputs).Column(edge.Layer, edge.Input));

    /// <summary>Evenly spaced places, widened where all samples are the same.</summary>
    internal static double[] Places(double low, double high, int count)
    {
        if (!(high > low))
            (low, high) = (low - 0.5, high + 0.5);
        return [.. Enumerable.Range(0, count).Select(i => i == count - 1 ? high : low + (high - low) * i / (count - 1))];
    }

    private static StageView<T> View<T>(KanNetwork<T> network, EdgeAddress edge)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        StageView<T>[] stages = StageView<T>.Of(network);
        Require(edge.Layer, stages.Length, "layer", edge);
        Require(edge.Input, stages[edge.Layer].Inputs, "input", edge);
        Require(edge.Output, stages[edge.Layer].SubNodes, "output", edge);
        return stages[edge.Layer];
    }

    private static void Require(int index, int count, string what, EdgeAddress edge)
    {
        if ((uint)index >= (uint)count)
            throw new ArgumentOutOfRangeException(nameof(edge), edge, $"The {what} of an edge there is 0 to {count - 1}.");
    }
}
