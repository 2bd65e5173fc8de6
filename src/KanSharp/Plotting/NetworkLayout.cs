using KanSharp.Networks;

namespace KanSharp.Plotting;

/// <summary>
/// Places of a network diagram. Between two rows of nodes lies one row of boxes, ordered by the node below and then by the node above, so that
/// lines meet boxes only at their lower and upper sides and never cross one. A row with products has its sub-nodes below its nodes.
/// </summary>
internal sealed class NetworkLayout
{
    public const int CrowdedRow = 32;
    public const double NameSize = 13, LabelSize = 10, LabelStrip = 15;
    private const double Margin = 24, Gap = 12, LeastSpacing = 18, EndSpacing = 26, ProductHeight = 42, LongestName = 150, LongestLabel = 130;

    private readonly double[][] _nodes, _ends;

    private NetworkLayout(NetworkDiagram diagram)
    {
        int rows = diagram.Widths.Count;
        Topology = new DiagramTopology(diagram).Trace();
        Shown = [.. Enumerable.Range(0, rows - 1).Select(layer => Strongest(diagram, layer))];
        Totals = [.. Enumerable.Range(0, rows - 1).Select(layer => diagram.Edges.Count(edge => edge.Layer == layer && edge.Mode != EdgeMode.Off))];
        Visible = [.. Enumerable.Range(0, rows).Select(row => VisibleNodes(diagram, row))];
        double[] sizes = [.. Shown.Select(edges => edges.Length <= 8 ? 66.0 : edges.Length <= 12 ? 56 : 44)];
        Labelled = [.. Shown.Select(edges => edges.Length <= 12 && edges.Any(edge => edge.Label.Length > 0))];
        double[] widths = [.. sizes.Select((size, layer) => Labelled[layer] ? Math.Clamp(WidestLabel(Shown[layer]) + 8, size, LongestLabel) : size)];
        double[] heights = [.. sizes.Select((size, layer) => Labelled[layer] ? size + LabelStrip : size)];
        double boxes = Shown.Zip(widths).Max(pair => pair.First.Length * (pair.Second + Gap));
        double nodes = Enumerable.Range(0, rows).Max(row => Weight(row) * (Topology.HasProducts(row) ? EndSpacing + 4 : LeastSpacing));
        double content = Math.Max(boxes, Math.Max(nodes, 220));
        NodeSpacing = [.. Enumerable.Range(0, rows).Select(row => content / Weight(row))];
        _nodes = new double[rows][];
        _ends = new double[rows][];
        for (int row = 0; row < rows; row++)
            Place(diagram, row);

        (InputNames, InputsTilted) = Names(Visible[0], NodeSpacing[0], diagram.InputName);
        (OutputNames, OutputsTilted) = Names(Visible[^1], NodeSpacing[^1], diagram.OutputName);
        // a picture that leans to one side looks unbalanced: both sides get the room that a tilted name needs
        double left = Margin + Math.Max(InputsTilted ? Overhang(InputNames, 0, x => x) : 0, OutputsTilted ? Overhang(OutputNames, rows - 1, x => content - x) : 0);
        Width = content + (2 * left);
        foreach (double[] row in _nodes.Concat(_ends))
        {
            for (int i = 0; i < row.Length; i++)
                row[i] += left;
        }

        double stemBelow = Math.Clamp(content * 0.055, 34, 64), stemAbove = Math.Clamp(content * 0.12, 46, 170);
        double top = (diagram.Title.Length > 0 ? 44 : 20) + (OutputsTilted ? Height(OutputNames) : 18) + 14;
        EndHeight = [.. Enumerable.Range(0, rows).Select(row => Topology.HasProducts(row) ? ProductHeight : 0)];
        RowY = new double[rows];
        RowY[0] = top + heights.Sum(height => stemBelow + height + stemAbove) + EndHeight.Sum();
        for (int row = 1; row < rows; row++)
            RowY[row] = RowY[row - 1] - (stemBelow + heights[row - 1] + stemAbove + EndHeight[row]);
        Boxes = [.. Shown.Select((edges, layer) => edges.Select((_, k) => new Box(
            left + ((k + 0.5) * content / edges.Length) - (widths[layer] / 2), RowY[layer] - stemBelow - heights[layer], widths[layer], heights[layer]))
            .ToArray())];
        CaptionTop = RowY[0] + 12 + (InputsTilted ? Height(InputNames) : 18) + 12;
    }

    public DiagramTopology Topology { get; }

    public double Width { get; }

    public double CaptionTop { get; }

    public bool InputsTilted { get; }

    public bool OutputsTilted { get; }

    /// <summary>Edges drawn in each layer, in the order of their boxes.</summary>
    public DiagramEdge[][] Shown { get; }

    /// <summary>Edges each layer has, those that are off not counted.</summary>
    public int[] Totals { get; }

    /// <summary>Nodes drawn in each row.</summary>
    public int[][] Visible { get; }

    /// <summary>Whether the boxes of a layer have a strip for a formula at their lower side.</summary>
    public bool[] Labelled { get; }

    /// <summary>A box for each drawn edge.</summary>
    public Box[][] Boxes { get; }

    public double[] RowY { get; }

    /// <summary>How far the sub-nodes of a row stand below its nodes; 0 in a row without products.</summary>
    public double[] EndHeight { get; }

    public double[] NodeSpacing { get; }

    public IReadOnlyDictionary<int, string> InputNames { get; }

    public IReadOnlyDictionary<int, string> OutputNames { get; }

    public static NetworkLayout Of(NetworkDiagram diagram) => new(diagram);

    /// <summary>Horizontal place of a drawn node.</summary>
    public double NodeX(int row, int node) => _nodes[row][node];

    /// <summary>Horizontal place of a sub-node of a drawn node.</summary>
    public double EndX(int row, int end) => _ends[row][end];

    private DiagramEdge[] Strongest(NetworkDiagram diagram, int layer) =>
    [
        .. diagram.Edges.Where(edge => edge.Layer == layer && diagram.View switch
            {
                DiagramView.Full => edge.Mode != EdgeMode.Off,
                DiagramView.Pruned => Topology.IsLive(edge),
                _ => true,
            })
            .OrderByDescending(edge => diagram.View == DiagramView.Ghosted && Topology.IsLive(edge))
            .ThenByDescending(edge => edge.Strength).ThenBy(edge => edge.From).ThenBy(edge => edge.To)
            .Take(diagram.MaxEdgesPerLayer)
            .OrderBy(edge => edge.From).ThenBy(edge => edge.To),
    ];

    // long rows show only the nodes that a drawn edge touches
    private int[] VisibleNodes(NetworkDiagram diagram, int row)
    {
        int[] nodes = [.. Enumerable.Range(0, diagram.Widths[row]).Where(node => diagram.View != DiagramView.Pruned || Topology.IsLive(row, node))];
        if (nodes.Length == 0)
            nodes = [.. Enumerable.Range(0, diagram.Widths[row])];
        if (nodes.Length <= CrowdedRow)
            return nodes;
        var touched = new SortedSet<int>();
        if (row > 0)
            touched.UnionWith(Shown[row - 1].Select(Topology.Owner));
        if (row < Shown.Length)
            touched.UnionWith(Shown[row].Select(edge => edge.From));
        return touched.Count > 0 ? [.. touched] : nodes[..CrowdedRow];
    }

    private int Weight(int row) => Visible[row].Sum(node => Topology.Arity(row, node));

    // a product takes as much room as its sub-nodes; these stand close together, so that one sees what belongs together
    private void Place(NetworkDiagram diagram, int row)
    {
        _nodes[row] = new double[diagram.Widths[row]];
        _ends[row] = new double[Topology.Ends(row)];
        double spacing = NodeSpacing[row], close = Math.Min(spacing, EndSpacing), from = 0;
        foreach (int node in Visible[row])
        {
            int arity = Topology.Arity(row, node), first = Topology.FirstEnd(row, node);
            double centre = _nodes[row][node] = from + (arity * spacing / 2);
            for (int i = 0; i < arity; i++)
                _ends[row][first + i] = centre + ((i - ((arity - 1) / 2.0)) * close);
            from += arity * spacing;
        }
    }

    private static (Dictionary<int, string> Names, bool Tilted) Names(int[] nodes, double spacing, Func<int, string> name)
    {
        Dictionary<int, string> Fitted(double room) => nodes.ToDictionary(node => node, node => TextMeasure.Fit(name(node), room, NameSize));
        Dictionary<int, string> level = Fitted(Math.Max(LongestName, spacing - 12));
        return Widest(level) + 10 <= spacing ? (level, false) : (Fitted(LongestName), true);
    }

    private static double WidestLabel(DiagramEdge[] edges) => edges.Max(edge => TextMeasure.Width(edge.Label, LabelSize));

    private static double Widest(IReadOnlyDictionary<int, string> names) => names.Values.Max(name => TextMeasure.Width(name, NameSize));

    private static double Height(IReadOnlyDictionary<int, string> names) => (0.71 * Widest(names)) + 12;

    // how far a name that leans by 45° reaches beyond the room that the nodes have
    private double Overhang(IReadOnlyDictionary<int, string> names, int row, Func<double, double> room) =>
        names.Max(pair => Math.Max(0, (0.71 * TextMeasure.Width(pair.Value, NameSize)) + 6 - room(_nodes[row][pair.Key])));
}
