namespace KanSharp.Plotting;

/// <summary>
/// Places of a network diagram. Between two rows of nodes lies one row of boxes, ordered by the node below and then by the node above, so that
/// lines meet boxes only at their lower and upper sides and never cross one.
/// </summary>
internal sealed class NetworkLayout
{
    public const int CrowdedRow = 32;
    public const double NameSize = 13;
    private const double Margin = 24, Gap = 12, LeastSpacing = 18, LongestName = 150;

    private readonly Dictionary<int, double>[] _nodes;

    private NetworkLayout(NetworkDiagram diagram)
    {
        int rows = diagram.Widths.Count;
        Shown = [.. Enumerable.Range(0, rows - 1).Select(layer => Strongest(diagram, layer))];
        Totals = [.. Enumerable.Range(0, rows - 1).Select(layer => diagram.Edges.Count(edge => edge.Layer == layer && edge.Mode != DiagramEdgeMode.Off))];
        int[][] visible = [.. Enumerable.Range(0, rows).Select(row => Visible(diagram, row))];
        double[] sizes = [.. Shown.Select(edges => edges.Length <= 8 ? 66.0 : edges.Length <= 12 ? 56 : 44)];
        double boxes = Shown.Zip(sizes).Max(pair => pair.First.Length * (pair.Second + Gap));
        double content = Math.Max(boxes, Math.Max(visible.Max(nodes => nodes.Length) * LeastSpacing, 220));
        InputNames = Names(visible[0], diagram.InputName);
        OutputNames = Names(visible[^1], diagram.OutputName);
        InputsTilted = Widest(InputNames) + 10 > content / visible[0].Length;
        OutputsTilted = Widest(OutputNames) + 10 > content / visible[^1].Length;
        double left = Margin + (InputsTilted ? Overhang(InputNames, content, fromLeft: true) : 0);
        double right = Margin + (OutputsTilted ? Overhang(OutputNames, content, fromLeft: false) : 0);
        // a picture that leans to one side looks unbalanced; share the room
        left = right = Math.Max(left, right);
        Width = content + left + right;

        double stemBelow = Math.Clamp(content * 0.055, 34, 64), stemAbove = Math.Clamp(content * 0.12, 46, 170);
        double top = (diagram.Title.Length > 0 ? 44 : 20) + (OutputsTilted ? Height(OutputNames) : 18) + 14;
        double inputs = top + sizes.Sum(size => stemBelow + size + stemAbove);
        _nodes = new Dictionary<int, double>[rows];
        RowY = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            RowY[row] = row == 0 ? inputs : RowY[row - 1] - (stemBelow + sizes[row - 1] + stemAbove);
            _nodes[row] = [];
            for (int i = 0; i < visible[row].Length; i++)
                _nodes[row][visible[row][i]] = left + ((i + 0.5) * content / visible[row].Length);
        }

        Boxes = [.. Shown.Select((edges, layer) => edges.Select((_, k) =>
            new Box(left + ((k + 0.5) * content / edges.Length) - (sizes[layer] / 2), RowY[layer] - stemBelow - sizes[layer], sizes[layer], sizes[layer]))
            .ToArray())];
        NodeSpacing = [.. visible.Select(nodes => content / nodes.Length)];
        CaptionTop = inputs + 12 + (InputsTilted ? Height(InputNames) : 18) + 12;
    }

    public double Width { get; }

    public double CaptionTop { get; }

    public bool InputsTilted { get; }

    public bool OutputsTilted { get; }

    /// <summary>Edges drawn in each layer, in the order of their boxes.</summary>
    public DiagramEdge[][] Shown { get; }

    /// <summary>Edges each layer has, pruned ones not counted.</summary>
    public int[] Totals { get; }

    /// <summary>A box for each drawn edge.</summary>
    public Box[][] Boxes { get; }

    public double[] RowY { get; }

    public double[] NodeSpacing { get; }

    public IReadOnlyDictionary<int, string> InputNames { get; }

    public IReadOnlyDictionary<int, string> OutputNames { get; }

    public static NetworkLayout Of(NetworkDiagram diagram) => new(diagram);

    /// <summary>Horizontal places of the drawn nodes of a row, by their index.</summary>
    public IReadOnlyDictionary<int, double> Nodes(int row) => _nodes[row];

    private static DiagramEdge[] Strongest(NetworkDiagram diagram, int layer) =>
    [
        .. diagram.Edges.Where(edge => edge.Layer == layer && edge.Mode != DiagramEdgeMode.Off)
            .OrderByDescending(edge => edge.Strength).ThenBy(edge => edge.From).ThenBy(edge => edge.To)
            .Take(diagram.MaxEdgesPerLayer)
            .OrderBy(edge => edge.From).ThenBy(edge => edge.To),
    ];

    // long rows show only the nodes that a drawn edge touches
    private int[] Visible(NetworkDiagram diagram, int row)
    {
        int width = diagram.Widths[row];
        if (width <= CrowdedRow)
            return [.. Enumerable.Range(0, width)];
        var touched = new SortedSet<int>();
        if (row > 0)
            touched.UnionWith(Shown[row - 1].Select(edge => edge.To));
        if (row < Shown.Length)
            touched.UnionWith(Shown[row].Select(edge => edge.From));
        return touched.Count > 0 ? [.. touched] : [.. Enumerable.Range(0, CrowdedRow)];
    }

    private static Dictionary<int, string> Names(int[] nodes, Func<int, string> name) =>
        nodes.ToDictionary(node => node, node => TextMeasure.Fit(name(node), LongestName, NameSize));

    private static double Widest(IReadOnlyDictionary<int, string> names) => names.Values.Max(name => TextMeasure.Width(name, NameSize));

    private static double Height(IReadOnlyDictionary<int, string> names) => (0.71 * Widest(names)) + 12;

    // how far a name that leans by 45° reaches beyond the first or last node's share of the width
    private static double Overhang(IReadOnlyDictionary<int, string> names, double content, bool fromLeft)
    {
        double spacing = content / names.Count, reach = 0;
        int index = 0;
        foreach (string name in names.OrderBy(pair => pair.Key).Select(pair => pair.Value))
        {
            double room = (fromLeft ? index + 0.5 : names.Count - index - 0.5) * spacing;
            reach = Math.Max(reach, (0.71 * TextMeasure.Width(name, NameSize)) + 6 - room);
            index++;
        }

        return reach;
    }
}
