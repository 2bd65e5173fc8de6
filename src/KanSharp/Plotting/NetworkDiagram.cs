using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>
/// The picture of a whole network, inputs at the bottom and outputs at the top: every edge passes through a box that shows its curve, the more
/// important the darker, with opacity tanh(β·score) (Liu et al. 2024, KAN: Kolmogorov-Arnold Networks, section 2.5). A product node (×) stands
/// above the sums it multiplies (Liu et al. 2024, KAN 2.0, section 3).
/// </summary>
public sealed record NetworkDiagram
{
    /// <summary>Nodes of each row from the inputs to the outputs, at least two rows.</summary>
    public required IReadOnlyList<int> Widths { get; init; }

    /// <summary>
    /// Sub-nodes of every node [rows][nodes]: 1 for a sum, 2 or more for a product of as many sums; the inputs have 1. None (default): all
    /// nodes are sums.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> Arities { get; init; } = [];

    /// <summary>
    /// Importance of every node [rows][nodes], not negative, NaN counts as 0; nodes fade like edges do, but never wholly. None (default) draws
    /// all nodes dark.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<double>> NodeScores { get; init; } = [];

    /// <summary>The edges, in any order; a missing one is not drawn.</summary>
    public required IReadOnlyList<DiagramEdge> Edges { get; init; }

    /// <summary>Names of the inputs [first width]; none (default) writes x1, x2, ….</summary>
    public IReadOnlyList<string> InputNames { get; init; } = [];

    /// <summary>Names of the outputs [last width]; none (default) writes y, or y1, y2, ….</summary>
    public IReadOnlyList<string> OutputNames { get; init; } = [];

    /// <summary>β of the opacity, positive; default 3.</summary>
    public double Beta { get; init; } = 3;

    /// <summary>What is shown of edges and nodes that do nothing; default <see cref="DiagramView.Full"/>.</summary>
    public DiagramView View { get; init; }

    /// <summary>
    /// Edges of a lower score count as doing nothing in <see cref="DiagramView.Pruned"/> and <see cref="DiagramView.Ghosted"/>; not negative,
    /// default 0: only edges that are off.
    /// </summary>
    public double Threshold { get; init; }

    /// <summary>Headline; empty (default) writes none.</summary>
    public string Title { get; init; } = "";

    /// <summary>Most edges drawn in a layer, at least 1: the strongest, and the caption says so. Default 24.</summary>
    public int MaxEdgesPerLayer { get; init; } = 24;

    /// <summary>Draws the diagram.</summary>
    /// <exception cref="ArgumentException">An edge, a name list or an option does not fit; the message says which.</exception>
    public Scene Draw()
    {
        Check();
        return NetworkPainter.Draw(this, NetworkLayout.Of(this));
    }

    internal string InputName(int index) => InputNames.Count > 0 ? InputNames[index] : string.Create(CultureInfo.InvariantCulture, $"x{index + 1}");

    internal string OutputName(int index) => OutputNames.Count > 0
        ? OutputNames[index]
        : Widths[^1] == 1 ? "y" : string.Create(CultureInfo.InvariantCulture, $"y{index + 1}");

    private void Check()
    {
        if (Widths.Count < 2 || Widths.Any(width => width < 1))
            throw new ArgumentException($"{nameof(Widths)}: [{string.Join(", ", Widths)}]; allowed are two rows or more with at least one node each.");
        if (!(Beta > 0))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{nameof(Beta)}: {Beta}; allowed are positive numbers."));
        if (!(Threshold >= 0))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{nameof(Threshold)}: {Threshold}; allowed are 0 and above."));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxEdgesPerLayer, 1);
        if (InputNames.Count > 0)
            PlotGuard.SameLength(InputNames.Count, Widths[0], nameof(InputNames), "the first row");
        if (OutputNames.Count > 0)
            PlotGuard.SameLength(OutputNames.Count, Widths[^1], nameof(OutputNames), "the last row");
        CheckRows(Arities, nameof(Arities), (row, arity) => arity >= 1 && (row > 0 || arity == 1), "1 for a sum (all inputs) and 2 or more for a product");
        CheckRows(NodeScores, nameof(NodeScores), (_, score) => !(score < 0), "0 and above");
        var topology = new DiagramTopology(this);
        for (int i = 0; i < Edges.Count; i++)
            Check(Edges[i], topology, string.Create(CultureInfo.InvariantCulture, $"{nameof(Edges)}[{i}]"));
    }

    private void CheckRows<TValue>(IReadOnlyList<IReadOnlyList<TValue>> rows, string name, Func<int, TValue, bool> allowed, string words)
    {
        if (rows.Count == 0)
            return;
        PlotGuard.SameLength(rows.Count, Widths.Count, name, nameof(Widths));
        for (int row = 0; row < rows.Count; row++)
        {
            PlotGuard.SameLength(rows[row].Count, Widths[row], string.Create(CultureInfo.InvariantCulture, $"{name}[{row}]"), "the row");
            for (int node = 0; node < rows[row].Count; node++)
            {
                if (!allowed(row, rows[row][node]))
                    throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name}[{row}][{node}]: {rows[row][node]}; allowed are {words}."));
            }
        }
    }

    private void Check(DiagramEdge edge, DiagramTopology topology, string name)
    {
        bool inside = edge.Layer >= 0 && edge.Layer < Widths.Count - 1 && edge.From >= 0 && edge.From < Widths[edge.Layer]
            && edge.To >= 0 && edge.To < topology.Ends(edge.Layer + 1);
        if (!inside)
        {
            string ends = Arities.Count > 0 ? $" and sub-nodes [{string.Join(", ", Enumerable.Range(0, Widths.Count).Select(topology.Ends))}]" : "";
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: layer {edge.Layer}, from {edge.From} to {edge.To} is not in a network of rows [{string.Join(", ", Widths)}]{ends}."));
        }

        if (edge.Score < 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name}.Score: {edge.Score}; allowed are 0 and above."));
        PlotGuard.SameLength(edge.Y.Count, edge.X.Count, name + ".Y", "X");
    }
}
