using KanSharp.Networks;

namespace KanSharp.Plotting;

/// <summary>One edge of a <see cref="NetworkDiagram"/>.</summary>
public sealed record DiagramEdge
{
    /// <summary>Layer of the edge, counted from 0 at the inputs.</summary>
    public required int Layer { get; init; }

    /// <summary>Index of the node below.</summary>
    public required int From { get; init; }

    /// <summary>Index of the node above; where the row above has product nodes, of the sub-node, counted through all nodes of that row.</summary>
    public required int To { get; init; }

    /// <summary>Places of the curve [points], ascending; 30 to 60 are enough for a box.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>Values of the curve [points]; each box has its own scale. Not finite: a gap.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>Importance, not negative; NaN counts as 0.</summary>
    public required double Score { get; init; }

    /// <summary>What carries the function: numeric (default) is dark, symbolic vermilion, both purple; off is drawn in the ghosted view only.</summary>
    public EdgeMode Mode { get; init; } = EdgeMode.Numeric;

    /// <summary>
    /// The formula of the edge, or the name of its function; empty (default) writes none. Written in the box where a layer has at most twelve
    /// boxes, shortened to fit; always in the box's tooltip.
    /// </summary>
    public string Label { get; init; } = "";

    internal double Strength => double.IsNaN(Score) ? 0 : Score;
}
