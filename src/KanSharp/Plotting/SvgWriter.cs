using System.Globalization;
using System.Text;

namespace KanSharp.Plotting;

/// <summary>
/// Writes a <see cref="Scene"/> as a stand-alone SVG 1.1 document. The same scene gives the same bytes everywhere: invariant culture,
/// coordinates rounded to 0.01 pixels, line feeds only.
/// </summary>
public static class SvgWriter
{
    private const string Fonts = "Helvetica Neue, Helvetica, Arial, DejaVu Sans, Liberation Sans, sans-serif";

    /// <summary>The picture as an SVG document.</summary>
    /// <param name="scene">the picture</param>
    /// <returns>well-formed XML without a declaration, so that it can stand inside an HTML page as it is</returns>
    /// <exception cref="ArgumentException">A coordinate is not a finite number.</exception>
    public static string Write(Scene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var text = new StringBuilder();
        string width = SvgText.Number(scene.Width), height = SvgText.Number(scene.Height);
        text.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").Append(width).Append("\" height=\"").Append(height)
            .Append("\" viewBox=\"0 0 ").Append(width).Append(' ').Append(height).Append("\" role=\"img\" aria-label=\"")
            .Append(SvgText.Escape(scene.Title)).Append("\" font-family=\"").Append(Fonts).Append("\">\n");
        text.Append("<title>").Append(SvgText.Escape(scene.Title)).Append("</title>\n");
        if (scene.Description.Length > 0)
            text.Append("<desc>").Append(SvgText.Escape(scene.Description)).Append("</desc>\n");
        text.Append("<rect width=\"").Append(width).Append("\" height=\"").Append(height).Append("\" fill=\"")
            .Append(SvgText.Escape(scene.Background)).Append("\"/>\n");
        foreach (SceneElement element in scene.Elements)
            Append(text, element);
        return text.Append("</svg>\n").ToString();
    }

    private static void Append(StringBuilder text, SceneElement element)
    {
        switch (element)
        {
            case LineElement line:
                Open(text, "line", ("x1", line.X1), ("y1", line.Y1), ("x2", line.X2), ("y2", line.Y2));
                Close(text, line.Style, fills: false);
                break;
            case RectangleElement box:
                Open(text, "rect", ("x", box.X), ("y", box.Y), ("width", box.Width), ("height", box.Height));
                if (box.CornerRadius > 0)
                    Attribute(text, "rx", SvgText.Number(box.CornerRadius));
                Close(text, box.Style);
                break;
            case CircleElement circle:
                Open(text, "circle", ("cx", circle.X), ("cy", circle.Y), ("r", circle.Radius));
                Close(text, circle.Style);
                break;
            case PathElement path:
                AppendPath(text, path);
                break;
            case TextElement label:
                AppendText(text, label);
                break;
            case ImageElement image:
                SvgImage.Append(text, image);
                break;
            case GroupElement group:
                AppendGroup(text, group);
                break;
            default:
                throw new ArgumentException($"element: {element.GetType().Name} is no element this writer knows.", nameof(element));
        }
    }

    private static void AppendPath(StringBuilder text, PathElement path)
    {
        text.Append("<path d=\"");
        for (int i = 0; i < path.Points.Count; i++)
            text.Append(i == 0 ? 'M' : 'L').Append(SvgText.Number(path.Points[i].X)).Append(' ').Append(SvgText.Number(path.Points[i].Y));
        text.Append(path.Closed ? "Z\"" : "\"");
        if (path.Style.Stroke is not null)
            text.Append(" stroke-linejoin=\"round\" stroke-linecap=\"round\"");
        Close(text, path.Style);
    }

    private static void AppendText(StringBuilder text, TextElement label)
    {
        string x = SvgText.Number(label.X), y = SvgText.Number(label.Y);
        text.Append("<text x=\"").Append(x).Append("\" y=\"").Append(y).Append('"');
        Attribute(text, "font-size", SvgText.Number(label.Size));
        if (label.Anchor != TextAnchor.Start)
            Attribute(text, "text-anchor", label.Anchor == TextAnchor.Middle ? "middle" : "end");
        if (label.Bold)
            Attribute(text, "font-weight", "bold");
        if (label.Rotation != 0)
            Attribute(text, "transform", $"rotate({SvgText.Number(label.Rotation)} {x} {y})");
        Paint(text, label.Style, fills: true);
        text.Append('>').Append(SvgText.Escape(label.Content));
        if (label.Superscript.Length > 0)
        {
            text.Append("<tspan dy=\"").Append(SvgText.Number(-0.38 * label.Size)).Append("\" font-size=\"")
                .Append(SvgText.Number(0.75 * label.Size)).Append("\">").Append(SvgText.Escape(label.Superscript)).Append("</tspan>");
        }

        text.Append("</text>\n");
    }

    private static void AppendGroup(StringBuilder text, GroupElement group)
    {
        text.Append("<g");
        if (group.Style.Opacity < 1)
            Attribute(text, "opacity", group.Style.Opacity.ToString("0.###", CultureInfo.InvariantCulture));
        text.Append(">\n");
        if (group.Label.Length > 0)
            text.Append("<title>").Append(SvgText.Escape(group.Label)).Append("</title>\n");
        foreach (SceneElement child in group.Children)
            Append(text, child);
        text.Append("</g>\n");
    }

    private static void Open(StringBuilder text, string name, params ReadOnlySpan<(string Name, double Value)> attributes)
    {
        text.Append('<').Append(name);
        foreach ((string key, double value) in attributes)
            Attribute(text, key, SvgText.Number(value));
    }

    private static void Close(StringBuilder text, SceneStyle style, bool fills = true)
    {
        Paint(text, style, fills);
        text.Append("/>\n");
    }

    private static void Paint(StringBuilder text, SceneStyle style, bool fills)
    {
        if (fills)
            Attribute(text, "fill", style.Fill is null ? "none" : SvgText.Escape(style.Fill));
        if (style.Stroke is not null)
        {
            Attribute(text, "stroke", SvgText.Escape(style.Stroke));
            Attribute(text, "stroke-width", SvgText.Number(style.StrokeWidth));
            if (style.Dash != LineDash.Solid)
                Attribute(text, "stroke-dasharray", style.Dash == LineDash.Dashed ? "6 4" : "1.5 3");
        }

        if (style.Opacity < 1)
            Attribute(text, "opacity", style.Opacity.ToString("0.###", CultureInfo.InvariantCulture));
    }

    private static void Attribute(StringBuilder text, string name, string value) =>
        text.Append(' ').Append(name).Append("=\"").Append(value).Append('"');
}
