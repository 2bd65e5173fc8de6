using System.Globalization;
using KanSharp.Data.Images;

namespace KanSharp.Plotting.Rasters;

/// <summary>Paints a <see cref="Scene"/> on pixels, with soft edges.</summary>
internal sealed class SceneRaster
{
    private const int MostPixels = 1 << 24;
    private readonly int _width;
    private readonly int _height;
    private readonly double _scale;
    private readonly CoverageMask _mask;
    private readonly Stack<RasterLayer> _spare = new();
    private RasterLayer _layer;

    private SceneRaster(int width, int height, double scale)
    {
        (_width, _height, _scale) = (width, height, scale);
        _mask = new CoverageMask(width, height);
        _layer = new RasterLayer(width, height);
    }

    public static RasterImage Draw(Scene scene, double scale)
    {
        if (!(scale > 0 && double.IsFinite(scale)))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale is a positive number of pixels per scene pixel.");
        double width = Math.Ceiling(scene.Width * scale), height = Math.Ceiling(scene.Height * scale);
        if (!(width >= 1 && height >= 1 && width * height <= MostPixels))
        {
            throw new ArgumentOutOfRangeException(
                nameof(scale), scale, string.Create(CultureInfo.InvariantCulture, $"The image would have {width} × {height} pixels; allowed are 1 to {MostPixels} in all."));
        }

        var raster = new SceneRaster((int)width, (int)height, scale);
        raster._mask.Rectangle(new Box(-1, -1, width + 2, height + 2), 0, null);
        raster.Paint(scene.Background, 1);
        foreach (SceneElement element in scene.Elements)
            raster.Draw(element);
        return new RasterImage((int)width, (int)height, 3, raster._layer.ToBytes());
    }

    private void Draw(SceneElement element)
    {
        double opacity = Math.Min(1, element.Style.Opacity);
        if (!(opacity > 0))
            return;
        bool once = element is LineElement or TextElement || (element is not (GroupElement or ImageElement) && (element.Style.Fill is null || element.Style.Stroke is null));
        if (opacity == 1 || once)
        {
            Draw(element, opacity);
            return;
        }

        // what overlaps within the element must not show through
        RasterLayer below = _layer;
        _layer = _spare.Count > 0 ? _spare.Pop() : new RasterLayer(_width, _height);
        Draw(element, 1);
        below.Paint(_layer, opacity);
        _layer.Clear();
        _spare.Push(_layer);
        _layer = below;
    }

    private void Draw(SceneElement element, double opacity)
    {
        SceneStyle style = element.Style;
        switch (element)
        {
            case LineElement line:
                Stroke([new(line.X1, line.Y1), new(line.X2, line.Y2)], style, opacity, round: false);
                break;
            case RectangleElement box:
                Outline(new Box(box.X * _scale, box.Y * _scale, box.Width * _scale, box.Height * _scale), box.CornerRadius * _scale, style, opacity);
                break;
            case CircleElement circle:
                double radius = circle.Radius * _scale;
                Outline(new Box((circle.X * _scale) - radius, (circle.Y * _scale) - radius, 2 * radius, 2 * radius), radius, style, opacity);
                break;
            case PathElement path:
                DrawPath(path, opacity);
                break;
            case TextElement text:
                DrawText(text, opacity);
                break;
            case ImageElement image:
                DrawImage(image);
                break;
            case GroupElement group:
                foreach (SceneElement child in group.Children)
                    Draw(child);
                break;
            default:
                throw new ArgumentException($"element: {element.GetType().Name} is no element that can be painted.", nameof(element));
        }
    }

    private void Outline(Box box, double radius, SceneStyle style, double opacity)
    {
        if (style.Fill is not null)
        {
            _mask.Rectangle(box, radius, null);
            Paint(style.Fill, opacity);
        }

        if (style.Stroke is null)
            return;
        if (style.Dash != LineDash.Solid && radius == 0)
        {
            ScenePoint[] corners = [new(box.X, box.Y), new(box.X + box.Width, box.Y), new(box.X + box.Width, box.Y + box.Height), new(box.X, box.Y + box.Height), new(box.X, box.Y)];
            Stroke([.. corners.Select(corner => new ScenePoint(corner.X / _scale, corner.Y / _scale))], style, opacity, round: false);
            return;
        }

        _mask.Rectangle(box, radius, style.StrokeWidth * _scale);
        Paint(style.Stroke, opacity);
    }

    private void DrawPath(PathElement path, double opacity)
    {
        if (path.Style.Fill is not null)
        {
            _mask.Polygon([.. path.Points.Select(Place)]);
            Paint(path.Style.Fill, opacity);
        }

        if (path.Points.Count > 0)
            Stroke(path.Closed ? [.. path.Points, path.Points[0]] : path.Points, path.Style, opacity, round: true);
    }

    private void Stroke(IReadOnlyList<ScenePoint> points, SceneStyle style, double opacity, bool round)
    {
        if (style.Stroke is null)
            return;
        foreach ((ScenePoint from, ScenePoint to) in DashedLine.Pieces(points, style.Dash))
            _mask.Segment(Place(from), Place(to), style.StrokeWidth * _scale, round);
        Paint(style.Stroke, opacity);
    }

    private void DrawText(TextElement text, double opacity)
    {
        double turn = text.Rotation * Math.PI / 180, cos = Math.Cos(turn), sin = Math.Sin(turn);
        double width = TextMeasure.Width(text.Content, text.Size, text.Bold) + TextMeasure.Width(text.Superscript, 0.75 * text.Size, text.Bold);
        double x = text.Anchor switch { TextAnchor.Middle => -width / 2, TextAnchor.End => -width, _ => 0 };
        x = Write(text.Content, x, 0, text.Size);
        Write(text.Superscript, x, -0.38 * text.Size, 0.75 * text.Size);
        Paint(text.Style.Fill ?? Palette.Text, opacity);

        double Write(string content, double start, double raise, double size)
        {
            double thickness = (text.Bold ? 0.13 : 0.085) * size * _scale, unit = 0.72 * size / StrokeFont.Baseline;
            foreach (char character in content)
            {
                double advance = TextMeasure.Width(character.ToString(), size, text.Bold);
                foreach (ScenePoint[] line in StrokeFont.Of(character))
                {
                    for (int i = 0; i + 1 < line.Length; i++)
                        _mask.Segment(Turned(line[i]), Turned(line[i + 1]), thickness, round: true);
                }

                start += advance;

                ScenePoint Turned(ScenePoint grid)
                {
                    double dx = start + (advance * (0.14 + (0.72 * grid.X / StrokeFont.Width))), dy = raise + ((grid.Y - StrokeFont.Baseline) * unit);
                    return Place(new ScenePoint(text.X + (dx * cos) - (dy * sin), text.Y + (dx * sin) + (dy * cos)));
                }
            }

            return start;
        }
    }

    private void DrawImage(ImageElement image)
    {
        if (image.Rows == 0 || image.Columns == 0)
            return;
        int left = (int)Math.Max(0, Math.Round(image.X * _scale)), top = (int)Math.Max(0, Math.Round(image.Y * _scale));
        int right = (int)Math.Min(_width, Math.Round((image.X + image.Width) * _scale)), bottom = (int)Math.Min(_height, Math.Round((image.Y + image.Height) * _scale));
        for (int y = top; y < bottom; y++)
        {
            int row = Math.Clamp((int)((((y + 0.5) / _scale) - image.Y) / image.Height * image.Rows), 0, image.Rows - 1);
            for (int x = left; x < right; x++)
            {
                int column = Math.Clamp((int)((((x + 0.5) / _scale) - image.X) / image.Width * image.Columns), 0, image.Columns - 1);
                double value = image.Values[(row * image.Columns) + column];
                if (!double.IsNaN(value))
                    _layer.Paint(x, y, Colour(image.Ramp == ColourRamp.Grey ? Palette.Grey(Math.Clamp(value, 0, 1)) : Palette.Viridis(value)), 1);
            }
        }
    }

    private void Paint(string colour, double opacity)
    {
        _layer.Paint(_mask, Colour(colour), opacity);
        _mask.Clear();
    }

    private ScenePoint Place(ScenePoint point) => new(point.X * _scale, point.Y * _scale);

    private static (float Red, float Green, float Blue) Colour(string text)
    {
        if (text.Length != 7 || text[0] != '#' || !int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number))
            throw new ArgumentException($"colour: '{text}'; a picture of pixels takes #rrggbb.", nameof(text));
        return ((number >> 16) / 255f, (number >> 8 & 255) / 255f, (number & 255) / 255f);
    }
}
