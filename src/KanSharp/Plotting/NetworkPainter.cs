using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>Draws a laid out network: lines first, then boxes with their curves, then nodes and names.</summary>
internal static class NetworkPainter
{
    private const double Padding = 6;

    public static Scene Draw(NetworkDiagram diagram, NetworkLayout layout)
    {
        var elements = new List<SceneElement>();
        if (diagram.Title.Length > 0)
            elements.Add(Headline.At(24, 28, diagram.Title, layout.Width - 48));
        for (int layer = 0; layer < layout.Shown.Length; layer++)
        {
            for (int k = 0; k < layout.Shown[layer].Length; k++)
                DrawLines(diagram, layout, layer, k, elements);
        }

        for (int layer = 0; layer < layout.Shown.Length; layer++)
        {
            for (int k = 0; k < layout.Shown[layer].Length; k++)
                elements.Add(DrawBox(diagram, layout, layer, k));
        }

        for (int row = 0; row < layout.RowY.Length; row++)
            DrawNodes(layout, row, elements);
        DrawNames(layout, elements);
        double bottom = NetworkCaption.Draw(diagram, layout, elements);
        return new Scene
        {
            Width = layout.Width,
            Height = bottom,
            Title = diagram.Title.Length > 0 ? diagram.Title : "Network diagram",
            Description = $"Network with rows of {string.Join(", ", diagram.Widths)} nodes from inputs (bottom) to outputs (top). " +
                "Every box shows the function of one edge; the darker, the more important.",
            Elements = elements,
        };
    }

    private static double Opacity(NetworkDiagram diagram, DiagramEdge edge) => Math.Tanh(diagram.Beta * edge.Strength);

    internal static string Colour(DiagramEdgeMode mode) => mode switch
    {
        DiagramEdgeMode.Symbolic => Palette.Vermilion,
        DiagramEdgeMode.Both => Palette.Purple,
        _ => Palette.Text,
    };

    private static void DrawLines(NetworkDiagram diagram, NetworkLayout layout, int layer, int k, List<SceneElement> elements)
    {
        DiagramEdge edge = layout.Shown[layer][k];
        Box box = layout.Boxes[layer][k];
        double centre = box.X + (box.Width / 2);
        SceneStyle style = SceneStyle.Line(Colour(edge.Mode), 1.2, opacity: Opacity(diagram, edge));
        elements.Add(new LineElement(layout.Nodes(layer)[edge.From], layout.RowY[layer], centre, box.Bottom) { Style = style });
        elements.Add(new LineElement(centre, box.Y, layout.Nodes(layer + 1)[edge.To], layout.RowY[layer + 1]) { Style = style });
    }

    private static GroupElement DrawBox(NetworkDiagram diagram, NetworkLayout layout, int layer, int k)
    {
        DiagramEdge edge = layout.Shown[layer][k];
        Box box = layout.Boxes[layer][k];
        string colour = Colour(edge.Mode);
        var children = new List<SceneElement>
        {
            new RectangleElement(box.X, box.Y, box.Width, box.Height)
            {
                CornerRadius = 3,
                Style = new SceneStyle { Fill = Palette.Background, Stroke = colour, StrokeWidth = 1.2 },
            },
        };
        foreach (List<ScenePoint> piece in PolylineClip.Cut(Curve(edge, box), box))
        {
            children.Add(piece.Count == 1
                ? new CircleElement(piece[0].X, piece[0].Y, 2) { Style = SceneStyle.Solid(colour) }
                : new PathElement(piece) { Style = SceneStyle.Line(colour, 1.8) });
        }

        string below = layer == 0 ? diagram.InputName(edge.From) : string.Create(CultureInfo.InvariantCulture, $"node {edge.From + 1}");
        string above = layer == layout.Shown.Length - 1
            ? diagram.OutputName(edge.To)
            : string.Create(CultureInfo.InvariantCulture, $"node {edge.To + 1}");
        return new GroupElement(children)
        {
            Label = string.Create(CultureInfo.InvariantCulture, $"layer {layer + 1}: {below} to {above}, score {edge.Score:0.####}"),
            Style = SceneStyle.Default with { Opacity = Opacity(diagram, edge) },
        };
    }

    private static ScenePoint[] Curve(DiagramEdge edge, Box box)
    {
        (double lowX, double highX) = Range(edge.X);
        (double lowY, double highY) = Range(edge.Y);
        var points = new ScenePoint[edge.X.Count];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new ScenePoint(
                box.X + Padding + (Share(edge.X[i], lowX, highX) * (box.Width - (2 * Padding))),
                box.Bottom - Padding - (Share(edge.Y[i], lowY, highY) * (box.Height - (2 * Padding))));
        }

        return points;
    }

    private static (double Low, double High) Range(IReadOnlyList<double> values)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (AxisMap.CanShow(value, AxisScale.Linear))
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return (low, high);
    }

    // a constant curve runs through the middle instead of showing its rounding errors
    private static double Share(double value, double low, double high)
    {
        if (!AxisMap.CanShow(value, AxisScale.Linear))
            return double.NaN;
        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        return high - low <= 1e-12 * size ? 0.5 : (value - low) / (high - low);
    }

    private static void DrawNodes(NetworkLayout layout, int row, List<SceneElement> elements)
    {
        bool sums = row > 0 && layout.NodeSpacing[row] >= 24;
        foreach (double x in layout.Nodes(row).OrderBy(node => node.Key).Select(node => node.Value))
        {
            elements.Add(new CircleElement(x, layout.RowY[row], sums ? 9 : 4)
            {
                Style = sums
                    ? new SceneStyle { Fill = Palette.Background, Stroke = Palette.Text, StrokeWidth = 1.2 }
                    : SceneStyle.Solid(Palette.Text),
            });
            if (sums)
            {
                elements.Add(new TextElement(x, layout.RowY[row] + 4.3, "Σ")
                {
                    Size = 12,
                    Anchor = TextAnchor.Middle,
                    Style = SceneStyle.Solid(Palette.Text),
                });
            }
        }
    }

    private static void DrawNames(NetworkLayout layout, List<SceneElement> elements)
    {
        int last = layout.RowY.Length - 1;
        foreach ((int node, string name) in layout.InputNames.OrderBy(pair => pair.Key))
        {
            double x = layout.Nodes(0)[node], y = layout.RowY[0];
            elements.Add(layout.InputsTilted
                ? Name(name, x + 4, y + 16, TextAnchor.End) with { Rotation = -45 }
                : Name(name, x, y + 22, TextAnchor.Middle));
        }

        foreach ((int node, string name) in layout.OutputNames.OrderBy(pair => pair.Key))
        {
            double x = layout.Nodes(last)[node], y = layout.RowY[last];
            elements.Add(layout.OutputsTilted
                ? Name(name, x + 4, y - 14, TextAnchor.Start) with { Rotation = -45 }
                : Name(name, x, y - 16, TextAnchor.Middle));
        }
    }

    private static TextElement Name(string name, double x, double y, TextAnchor anchor) =>
        new(x, y, name) { Size = NetworkLayout.NameSize, Anchor = anchor, Style = SceneStyle.Solid(Palette.Text) };
}
