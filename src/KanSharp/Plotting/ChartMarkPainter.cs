namespace KanSharp.Plotting;

/// <summary>Draws the bars, rings and names that ready-made charts add.</summary>
internal static class ChartMarkPainter
{
    private const double NameSize = 11;

    public static void Histogram(SampleHistogram? histogram, Box plot, AxisMap x, List<SceneElement> elements)
    {
        if (histogram is null)
            return;
        double highest = histogram.Counts.Max();
        for (int bin = 0; bin < histogram.Counts.Length; bin++)
        {
            double left = Math.Clamp(x[histogram.End(bin)], plot.X, plot.Right), right = Math.Clamp(x[histogram.End(bin + 1)], plot.X, plot.Right);
            double height = 0.2 * plot.Height * histogram.Counts[bin] / highest;
            if (height > 0 && right > left)
                elements.Add(new RectangleElement(left, plot.Bottom - height, right - left, height) { Style = SceneStyle.Solid(Palette.Bars) });
        }
    }

    public static void Points(ChartMarks marks, Box plot, AxisMap x, AxisMap y, List<SceneElement> elements)
    {
        PathElement[] lines = [.. elements.OfType<PathElement>()];
        foreach ((double atX, double atY) in marks.Rings)
        {
            if (x.Contains(atX) && y.Contains(atY))
                elements.Add(new CircleElement(x[atX], y[atY], 8) { Style = SceneStyle.Line(Palette.Vermilion, 2.2) });
        }

        var taken = new List<Box>();
        foreach ((double atX, double atY, string name) in marks.PointNames)
        {
            if (x.Contains(atX) && y.Contains(atY) && Free(x[atX], y[atY], name, plot, taken) is (Box box, string text))
            {
                taken.Add(box);
                elements.Add(new TextElement(box.X, box.Bottom - 3, text) { Size = NameSize, Style = SceneStyle.Solid(Palette.Text) });
            }
        }

        // a name must not lie on a line or another point, nor on a name that came before
        (Box Box, string Text)? Free(double px, double py, string name, Box area, List<Box> others)
        {
            foreach (double most in (ReadOnlySpan<double>)[260, 130])
            {
                string text = TextMeasure.Fit(name, most, NameSize);
                double width = TextMeasure.Width(text, NameSize);
                foreach ((double dx, double dy) in (ReadOnlySpan<(double, double)>)[(8, -5), (8, -18), (-8 - width, 15), (8, 15), (-8 - width, -5), (-width / 2, -12), (-width / 2, 24)])
                {
                    var box = new Box(px + dx, py + dy - 11, width, 14);
                    bool inside = box.X >= area.X + 2 && box.Right <= area.Right && box.Y >= area.Y && box.Bottom <= area.Bottom;
                    if (inside && !others.Exists(other => Overlap(box, other)) && !lines.Any(line => PolylineClip.Cut(line.Points, box).Count > 0) && !marks.PointNames.Any(point => Covers(box, point.X, point.Y)))
                        return (box, text);
                }
            }

            return null;
        }

        bool Covers(Box box, double atX, double atY) =>
            x.Contains(atX) && y.Contains(atY) && Overlap(box, new Box(x[atX] - 4, y[atY] - 4, 8, 8));
    }

    private static bool Overlap(Box a, Box b) => a.X < b.Right && b.X < a.Right && a.Y < b.Bottom && b.Y < a.Bottom;
}
