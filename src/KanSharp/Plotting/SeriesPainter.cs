namespace KanSharp.Plotting;

/// <summary>Draws the points of a series; every method says whether there was one to draw.</summary>
internal static class SeriesPainter
{
    public static bool Line(ChartSeries series, string colour, Box plot, AxisMap x, AxisMap y, List<SceneElement> elements)
    {
        var points = new ScenePoint[series.X.Count];
        bool any = false;
        for (int i = 0; i < points.Length; i++)
        {
            bool shown = AxisMap.CanShow(series.X[i], x.Scale) && AxisMap.CanShow(series.Y[i], y.Scale);
            points[i] = shown ? new ScenePoint(x[series.X[i]], y[series.Y[i]]) : new ScenePoint(double.NaN, double.NaN);
            any |= shown;
        }

        foreach (List<ScenePoint> piece in PolylineClip.Cut(points, plot))
        {
            elements.Add(piece.Count == 1
                ? new CircleElement(piece[0].X, piece[0].Y, 2.5) { Style = SceneStyle.Solid(colour) }
                : new PathElement(piece) { Style = SceneStyle.Line(colour, series.Width, series.Dash) });
        }

        return any;
    }

    public static bool Dots(ChartSeries series, string colour, AxisMap x, AxisMap y, List<SceneElement> elements)
    {
        var dots = new List<SceneElement>();
        // many dots: smaller and fainter, so that dense places read as dense
        (double radius, double opacity) = series.X.Count > 400 ? (2.1, 0.4) : (2.9, 0.7);
        for (int i = 0; i < series.X.Count; i++)
        {
            if (x.Contains(series.X[i]) && y.Contains(series.Y[i]))
                dots.Add(new CircleElement(x[series.X[i]], y[series.Y[i]], radius) { Style = SceneStyle.Solid(colour, opacity) });
        }

        elements.AddRange(dots);
        return dots.Count > 0;
    }

    public static bool Bars(
        ChartSeries series, string colour, Box plot, AxisMap x, AxisMap y, int index, int count, List<SceneElement> elements)
    {
        double slot = Slot(series, plot, x), width = 0.76 * slot / count;
        double zero = y.Scale == AxisScale.Log ? plot.Bottom : Math.Clamp(y[0], plot.Y, plot.Bottom);
        bool any = false;
        for (int i = 0; i < series.X.Count; i++)
        {
            if (!x.Contains(series.X[i]) || !AxisMap.CanShow(series.Y[i], y.Scale))
                continue;
            any = true;
            double top = Math.Clamp(y[series.Y[i]], plot.Y, plot.Bottom);
            double left = x[series.X[i]] - (0.38 * slot) + (index * width), right = Math.Min(left + width, plot.Right);
            left = Math.Max(left, plot.X);
            elements.Add(new RectangleElement(left, Math.Min(top, zero), Math.Max(0, right - left), Math.Abs(top - zero))
            {
                Style = SceneStyle.Solid(colour),
            });
        }

        return any;
    }

    // the room of a bar: the least distance of two of them, or of the whole axis for a single one
    private static double Slot(ChartSeries series, Box plot, AxisMap x)
    {
        double[] places = [.. series.X.Where(x.Contains).Select(value => x[value]).Order()];
        double slot = Math.Min(plot.Width, Math.Abs(x[Math.Min(x.Minimum + 1, x.Maximum)] - x[x.Minimum]));
        for (int i = 1; i < places.Length; i++)
        {
            if (places[i] > places[i - 1])
                slot = i == 1 ? places[i] - places[i - 1] : Math.Min(slot, places[i] - places[i - 1]);
        }

        return slot;
    }
}
