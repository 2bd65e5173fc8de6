using System.Globalization;
using KanSharp.Networks;

namespace KanSharp.Plotting;

/// <summary>What stands below a network diagram: the colours, where there are several, and what was left out.</summary>
internal static class NetworkCaption
{
    private const double Size = 11, Swatch = 24, Space = 18;

    /// <summary>Draws the lines and returns where the picture ends.</summary>
    public static double Draw(NetworkDiagram diagram, NetworkLayout layout, List<SceneElement> elements)
    {
        double y = DrawColours(diagram, layout, layout.CaptionTop, elements);
        foreach (string line in Omissions(diagram, layout))
        {
            elements.Add(Text(TextMeasure.Fit(line, layout.Width - 16, Size), layout.Width / 2, y + 4) with { Anchor = TextAnchor.Middle });
            y += 16;
        }

        return y > layout.CaptionTop ? y + 6 : y;
    }

    private static double DrawColours(NetworkDiagram diagram, NetworkLayout layout, double y, List<SceneElement> elements)
    {
        EdgeMode[] modes = [.. layout.Shown.SelectMany(edges => edges)
            .Select(edge => NetworkPainter.IsGhost(diagram, layout, edge) ? EdgeMode.Off : edge.Mode).Distinct().OrderBy(mode => mode == EdgeMode.Off).ThenBy(mode => mode)];
        if (modes.All(mode => mode == EdgeMode.Numeric))
            return y;
        double total = modes.Sum(Width) - Space;
        bool stacked = total > layout.Width - 16;
        double x = (layout.Width - (stacked ? modes.Max(Width) - Space : total)) / 2;
        foreach (EdgeMode mode in modes)
        {
            LineDash dash = mode == EdgeMode.Off ? LineDash.Dashed : LineDash.Solid;
            elements.Add(new LineElement(x, y, x + 18, y) { Style = SceneStyle.Line(NetworkPainter.Colour(mode), 2, dash) });
            elements.Add(Text(Name(mode), x + Swatch, y + 4));
            if (stacked)
                y += 16;
            else
                x += Width(mode);
        }

        return stacked ? y + 2 : y + 18;
    }

    private static List<string> Omissions(NetworkDiagram diagram, NetworkLayout layout)
    {
        var lines = new List<string>();
        for (int layer = 0; layer < layout.Shown.Length; layer++)
        {
            DiagramEdge[] all = [.. diagram.Edges.Where(edge => edge.Layer == layer)];
            int live = diagram.View == DiagramView.Pruned ? all.Count(layout.Topology.IsLive) : diagram.View == DiagramView.Full ? layout.Totals[layer] : all.Length;
            int shown = layout.Shown[layer].Length;
            string which = layout.Shown.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $"layer {layer + 1}: ") : "";
            if (shown < live)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{which}strongest {shown} of {live} edges shown"));
            if (diagram.View == DiagramView.Pruned && live < all.Length)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{which}{all.Length - live} of {all.Length} edges inactive, left out"));
        }

        for (int row = 0; row < diagram.Widths.Count; row++)
        {
            int shown = layout.Visible[row].Length, width = diagram.Widths[row];
            string which = row == 0 ? "inputs" : row == diagram.Widths.Count - 1 ? "outputs" : "nodes of a hidden row";
            int live = Enumerable.Range(0, width).Count(node => layout.Topology.IsLive(row, node));
            if (shown < width && diagram.View == DiagramView.Pruned && live <= shown)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{width - shown} of {width} {which} inactive, left out"));
            else if (shown < width)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{shown} of {width} {which} have a shown edge, the others are left out"));
        }

        return lines;
    }

    private static double Width(EdgeMode mode) => Swatch + TextMeasure.Width(Name(mode), Size) + Space;

    private static string Name(EdgeMode mode) => mode switch
    {
        EdgeMode.Symbolic => "formula",
        EdgeMode.Both => "spline and formula",
        EdgeMode.Off => "inactive",
        _ => "spline",
    };

    private static TextElement Text(string text, double x, double y) =>
        new(x, y, text) { Size = Size, Style = SceneStyle.Solid(Palette.Muted) };
}
