using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>What stands below a network diagram: the colours, where there are several, and what was left out.</summary>
internal static class NetworkCaption
{
    private const double Size = 11, Swatch = 24, Space = 18;

    /// <summary>Draws the lines and returns where the picture ends.</summary>
    public static double Draw(NetworkDiagram diagram, NetworkLayout layout, List<SceneElement> elements)
    {
        double y = DrawColours(layout, layout.CaptionTop, elements);
        foreach (string line in Omissions(diagram, layout))
        {
            elements.Add(Text(TextMeasure.Fit(line, layout.Width - 16, Size), layout.Width / 2, y + 4) with { Anchor = TextAnchor.Middle });
            y += 16;
        }

        return y > layout.CaptionTop ? y + 6 : y;
    }

    private static double DrawColours(NetworkLayout layout, double y, List<SceneElement> elements)
    {
        DiagramEdgeMode[] modes = [.. layout.Shown.SelectMany(edges => edges).Select(edge => edge.Mode).Distinct().Order()];
        if (modes.All(mode => mode == DiagramEdgeMode.Spline))
            return y;
        double total = modes.Sum(Width) - Space;
        bool stacked = total > layout.Width - 16;
        double x = (layout.Width - (stacked ? modes.Max(Width) - Space : total)) / 2;
        foreach (DiagramEdgeMode mode in modes)
        {
            elements.Add(new LineElement(x, y, x + 18, y) { Style = SceneStyle.Line(NetworkPainter.Colour(mode), 2) });
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
            int shown = layout.Shown[layer].Length, total = layout.Totals[layer];
            string which = layout.Shown.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $"layer {layer + 1}: ") : "";
            if (shown < total)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{which}strongest {shown} of {total} edges shown"));
        }

        for (int row = 0; row < diagram.Widths.Count; row++)
        {
            int shown = layout.Nodes(row).Count;
            string which = row == 0 ? "inputs" : row == diagram.Widths.Count - 1 ? "outputs" : "nodes of a hidden row";
            if (shown < diagram.Widths[row])
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{shown} of {diagram.Widths[row]} {which} have a shown edge, the others are left out"));
        }

        return lines;
    }

    private static double Width(DiagramEdgeMode mode) => Swatch + TextMeasure.Width(Name(mode), Size) + Space;

    private static string Name(DiagramEdgeMode mode) => mode switch
    {
        DiagramEdgeMode.Symbolic => "formula",
        DiagramEdgeMode.Both => "spline and formula",
        _ => "spline",
    };

    private static TextElement Text(string text, double x, double y) =>
        new(x, y, text) { Size = Size, Style = SceneStyle.Solid(Palette.Muted) };
}
