using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>Draws the nodes of a network diagram, with the sub-nodes of products, and the names of inputs and outputs.</summary>
internal static class NetworkNodes
{
    private const double Radius = 9, Dot = 4;

    /// <summary>A soft area behind every product and the sums it multiplies.</summary>
    public static void DrawProductFrames(NetworkLayout layout, List<SceneElement> elements)
    {
        for (int row = 0; row < layout.RowY.Length; row++)
        {
            foreach (int node in layout.Visible[row])
            {
                int arity = layout.Topology.Arity(row, node), first = layout.Topology.FirstEnd(row, node);
                if (arity == 1)
                    continue;
                double left = layout.EndX(row, first) - 13, right = layout.EndX(row, first + arity - 1) + 13;
                elements.Add(new RectangleElement(left, layout.RowY[row] - 5, right - left, layout.EndHeight[row] + 17)
                {
                    CornerRadius = 10,
                    Style = new SceneStyle { Fill = Palette.Band, Stroke = Palette.BandEdge },
                });
            }
        }
    }

    public static void Draw(NetworkDiagram diagram, NetworkLayout layout, int row, List<SceneElement> elements)
    {
        foreach (int node in layout.Visible[row])
        {
            double x = layout.NodeX(row, node);
            var parts = new List<SceneElement>();
            if (layout.EndHeight[row] > 0)
                AddEnds(layout, row, node, parts);
            bool product = layout.Topology.Arity(row, node) > 1;
            if (product)
                AddSign(x, layout.RowY[row], "×", parts);
            else if (row > 0 && layout.NodeSpacing[row] >= 24 && layout.EndHeight[row] == 0)
                AddSign(x, layout.RowY[row], "Σ", parts);
            else
                parts.Add(new CircleElement(x, layout.RowY[row], Dot) { Style = SceneStyle.Solid(Palette.Text) });
            bool ghost = diagram.View == DiagramView.Ghosted && !layout.Topology.IsLive(row, node);
            if (!ghost && diagram.NodeScores.Count == 0)
            {
                elements.AddRange(parts);
                continue;
            }

            // lines must not shine through what is pale
            elements.AddRange(parts.OfType<CircleElement>().Select(circle => circle with { Style = SceneStyle.Solid(Palette.Background) }));
            elements.Add(new GroupElement(parts)
            {
                Label = Tooltip(diagram, layout, row, node),
                Style = SceneStyle.Default with { Opacity = ghost ? NetworkPainter.Ghost : Opacity(diagram, row, node) },
            });
        }
    }

    public static void DrawNames(NetworkLayout layout, List<SceneElement> elements)
    {
        int last = layout.RowY.Length - 1;
        foreach ((int node, string name) in layout.InputNames.OrderBy(pair => pair.Key))
        {
            double x = layout.NodeX(0, node), y = layout.RowY[0];
            elements.Add(layout.InputsTilted
                ? Name(name, x + 4, y + 16, TextAnchor.End) with { Rotation = -45 }
                : Name(name, x, y + 22, TextAnchor.Middle));
        }

        foreach ((int node, string name) in layout.OutputNames.OrderBy(pair => pair.Key))
        {
            double x = layout.NodeX(last, node), y = layout.RowY[last];
            elements.Add(layout.OutputsTilted
                ? Name(name, x + 4, y - 14, TextAnchor.Start) with { Rotation = -45 }
                : Name(name, x, y - 16, TextAnchor.Middle));
        }
    }

    // a sum in a row of products has its sign at the height of the factors, so that no line runs past one
    private static void AddEnds(NetworkLayout layout, int row, int node, List<SceneElement> parts)
    {
        double top = layout.RowY[row], y = top + layout.EndHeight[row], x = layout.NodeX(row, node);
        int arity = layout.Topology.Arity(row, node), first = layout.Topology.FirstEnd(row, node);
        for (int end = first; end < first + arity; end++)
            parts.Add(new LineElement(layout.EndX(row, end), y, x, top) { Style = SceneStyle.Line(Palette.Text, 1.2) });
        for (int end = first; end < first + arity; end++)
            AddSign(layout.EndX(row, end), y, "Σ", parts);
    }

    private static void AddSign(double x, double y, string sign, List<SceneElement> parts)
    {
        parts.Add(new CircleElement(x, y, Radius) { Style = new SceneStyle { Fill = Palette.Background, Stroke = Palette.Text, StrokeWidth = 1.2 } });
        parts.Add(new TextElement(x, y + (sign == "×" ? 5 : 4.3), sign)
        {
            Size = sign == "×" ? 15 : 12,
            Anchor = TextAnchor.Middle,
            Style = SceneStyle.Solid(Palette.Text),
        });
    }

    private static double Score(NetworkDiagram diagram, int row, int node) =>
        diagram.NodeScores.Count == 0 || double.IsNaN(diagram.NodeScores[row][node]) ? 0 : diagram.NodeScores[row][node];

    // a node never vanishes: lines would end in nothing
    private static double Opacity(NetworkDiagram diagram, int row, int node) =>
        0.15 + (0.85 * Math.Tanh(diagram.Beta * Score(diagram, row, node)));

    private static string Tooltip(NetworkDiagram diagram, NetworkLayout layout, int row, int node)
    {
        int arity = layout.Topology.Arity(row, node);
        string name = row == 0
            ? diagram.InputName(node)
            : row == layout.RowY.Length - 1 ? diagram.OutputName(node) : string.Create(CultureInfo.InvariantCulture, $"row {row}, node {node + 1}");
        string product = arity > 1 ? string.Create(CultureInfo.InvariantCulture, $", product of {arity}") : "";
        string score = diagram.NodeScores.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $", score {Score(diagram, row, node):0.####}") : "";
        return $"{name}{product}{score}{(layout.Topology.IsLive(row, node) ? "" : ", inactive")}";
    }

    private static TextElement Name(string name, double x, double y, TextAnchor anchor) =>
        new(x, y, name) { Size = NetworkLayout.NameSize, Anchor = anchor, Style = SceneStyle.Solid(Palette.Text) };
}
