using System.Globalization;
using KanSharp.Networks;

namespace KanSharp.Plotting;

/// <summary>Draws a laid out network: lines first, then boxes with their curves, then nodes and names.</summary>
internal static class NetworkPainter
{
    /// <summary>Opacity of what does nothing, where it is shown at all.</summary>
    public const double Ghost = 0.4;

    private const double Padding = 6;

    public static Scene Draw(NetworkDiagram diagram, NetworkLayout layout)
    {
        var elements = new List<SceneElement>();
        if (diagram.Title.Length > 0)
            elements.Add(Headline.At(24, 28, diagram.Title, layout.Width - 48));
        NetworkNodes.DrawProductFrames(layout, elements);
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
            NetworkNodes.Draw(diagram, layout, row, elements);
        NetworkNodes.DrawNames(layout, elements);
        double bottom = NetworkCaption.Draw(diagram, layout, elements);
        string products = Enumerable.Range(0, layout.RowY.Length).Any(layout.Topology.HasProducts) ? " Nodes with × multiply the sums below them." : "";
        return new Scene
        {
            Width = layout.Width,
            Height = bottom,
            Title = diagram.Title.Length > 0 ? diagram.Title : "Network diagram",
            Description = $"Network with rows of {string.Join(", ", diagram.Widths)} nodes from inputs (bottom) to outputs (top). " +
                "Every box shows the function of one edge; the darker, the more important." + products,
            Elements = elements,
        };
    }

    internal static string Colour(EdgeMode mode) => mode switch
    {
        EdgeMode.Symbolic => Palette.Vermilion,
        EdgeMode.Both => Palette.Purple,
        EdgeMode.Off => Palette.Muted,
        _ => Palette.Text,
    };

    internal static bool IsGhost(NetworkDiagram diagram, NetworkLayout layout, DiagramEdge edge) =>
        diagram.View == DiagramView.Ghosted && !layout.Topology.IsLive(edge);

    private static (string Colour, LineDash Dash, double Opacity) Look(NetworkDiagram diagram, NetworkLayout layout, DiagramEdge edge) =>
        IsGhost(diagram, layout, edge)
            ? (Palette.Muted, LineDash.Dashed, Ghost)
            : (Colour(edge.Mode), LineDash.Solid, Math.Tanh(diagram.Beta * edge.Strength));

    private static void DrawLines(NetworkDiagram diagram, NetworkLayout layout, int layer, int k, List<SceneElement> elements)
    {
        DiagramEdge edge = layout.Shown[layer][k];
        Box box = layout.Boxes[layer][k];
        double centre = box.X + (box.Width / 2);
        (string colour, LineDash dash, double opacity) = Look(diagram, layout, edge);
        SceneStyle style = SceneStyle.Line(colour, 1.2, dash, opacity);
        double end = layout.RowY[layer + 1] + layout.EndHeight[layer + 1];
        elements.Add(new LineElement(layout.NodeX(layer, edge.From), layout.RowY[layer], centre, box.Bottom) { Style = style });
        elements.Add(new LineElement(centre, box.Y, layout.EndX(layer + 1, edge.To), end) { Style = style });
    }

    private static GroupElement DrawBox(NetworkDiagram diagram, NetworkLayout layout, int layer, int k)
    {
        DiagramEdge edge = layout.Shown[layer][k];
        Box box = layout.Boxes[layer][k];
        (string colour, LineDash dash, double opacity) = Look(diagram, layout, edge);
        var children = new List<SceneElement>
        {
            new RectangleElement(box.X, box.Y, box.Width, box.Height)
            {
                CornerRadius = 3,
                Style = new SceneStyle { Fill = Palette.Background, Stroke = colour, StrokeWidth = 1.2, Dash = dash },
            },
        };
        Box curve = layout.Labelled[layer] ? box with { Height = box.Height - NetworkLayout.LabelStrip } : box;
        foreach (List<ScenePoint> piece in PolylineClip.Cut(Curve(edge, curve), curve))
        {
            children.Add(piece.Count == 1
                ? new CircleElement(piece[0].X, piece[0].Y, 2) { Style = SceneStyle.Solid(colour) }
                : new PathElement(piece) { Style = SceneStyle.Line(colour, 1.8) });
        }

        if (layout.Labelled[layer] && edge.Label.Length > 0)
        {
            children.Add(new TextElement(box.X + (box.Width / 2), box.Bottom - 6, TextMeasure.Fit(edge.Label, box.Width - 4, NetworkLayout.LabelSize))
            {
                Size = NetworkLayout.LabelSize,
                Anchor = TextAnchor.Middle,
                Style = SceneStyle.Solid(colour),
            });
        }

        return new GroupElement(children) { Label = Tooltip(diagram, layout, edge), Style = SceneStyle.Default with { Opacity = opacity } };
    }

    private static string Tooltip(NetworkDiagram diagram, NetworkLayout layout, DiagramEdge edge)
    {
        int owner = layout.Topology.Owner(edge), row = edge.Layer + 1;
        string below = edge.Layer == 0 ? diagram.InputName(edge.From) : string.Create(CultureInfo.InvariantCulture, $"node {edge.From + 1}");
        string above = row == layout.Shown.Length ? diagram.OutputName(owner) : string.Create(CultureInfo.InvariantCulture, $"node {owner + 1}");
        if (layout.Topology.Arity(row, owner) > 1)
            above = string.Create(CultureInfo.InvariantCulture, $"factor {edge.To - layout.Topology.FirstEnd(row, owner) + 1} of {above}");
        string formula = edge.Label.Length > 0 ? ": " + edge.Label : "";
        string off = edge.Mode == EdgeMode.Off ? ", off" : "";
        return string.Create(CultureInfo.InvariantCulture, $"layer {edge.Layer + 1}: {below} to {above}{formula}, score {edge.Score:0.####}{off}");
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
}
