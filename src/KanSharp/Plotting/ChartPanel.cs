using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>Draws a chart into a part of a scene.</summary>
internal static class ChartPanel
{
    public static void Draw(Chart chart, Box area, List<SceneElement> elements)
    {
        foreach (ChartSeries series in chart.Series)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"Y of series \"{series.Name}\"");
            PlotGuard.SameLength(series.Y.Count, series.X.Count, name, "X");
        }

        ChartLayout layout = ChartLayout.Of(chart, area);
        AxisMap x = layout.MapX(chart.X.Scale), y = layout.MapY(chart.Y.Scale);
        DrawBand(chart.Marks, layout.Plot, x, elements);
        ChartMarkPainter.Histogram(chart.Marks.Histogram, layout.Plot, x, elements);
        ChartAxes.Draw(chart, layout, elements);
        ChartLegend.Draw(chart, area, layout.Plot.X, layout.LegendTop, elements);
        DrawMarks(chart.Marks, layout, x, y, elements);
        bool any = false;
        int bars = 0, barSeries = chart.Series.Count(series => series.Kind == SeriesKind.Bar);
        for (int i = 0; i < chart.Series.Count; i++)
        {
            ChartSeries series = chart.Series[i];
            string colour = series.Colour ?? Palette.Series(i);
            any |= series.Kind switch
            {
                SeriesKind.Bar => SeriesPainter.Bars(series, colour, layout.Plot, x, y, bars++, barSeries, elements),
                SeriesKind.Scatter => SeriesPainter.Dots(series, colour, x, y, elements),
                _ => SeriesPainter.Line(series, colour, layout.Plot, x, y, elements),
            };
        }

        ChartMarkPainter.Points(chart.Marks, layout.Plot, x, y, elements);
        if (!any)
            DrawNoData(layout.Plot, elements);
    }

    internal static void DrawNoData(Box plot, List<SceneElement> elements) =>
        elements.Add(new TextElement(plot.X + (plot.Width / 2), plot.Y + (plot.Height / 2) + 5, "no data")
        {
            Size = 14,
            Anchor = TextAnchor.Middle,
            Style = SceneStyle.Solid(Palette.Muted),
        });

    private static void DrawBand(ChartMarks marks, Box plot, AxisMap x, List<SceneElement> elements)
    {
        if (marks.Band is not (double from, double to, _))
            return;
        double left = Math.Clamp(x[from], plot.X, plot.Right), right = Math.Clamp(x[to], plot.X, plot.Right);
        elements.Add(new RectangleElement(left, plot.Y, Math.Max(0, right - left), plot.Height) { Style = SceneStyle.Solid(Palette.Band) });
    }

    private static void DrawMarks(ChartMarks marks, ChartLayout layout, AxisMap x, AxisMap y, List<SceneElement> elements)
    {
        Box plot = layout.Plot;
        foreach (double knot in marks.Knots)
        {
            if (x.Contains(knot))
                elements.Add(new LineElement(x[knot], plot.Bottom - 9, x[knot], plot.Bottom) { Style = SceneStyle.Line(Palette.Axis, 1.2) });
        }

        foreach ((double level, LineDash dash) in marks.Levels)
        {
            if (y.Contains(level))
                elements.Add(new LineElement(plot.X, y[level], plot.Right, y[level]) { Style = SceneStyle.Line(Palette.Axis, 1.2, dash) });
        }

        if (marks.Diagonal)
        {
            double low = Math.Max(x.Minimum, y.Minimum), high = Math.Min(x.Maximum, y.Maximum);
            if (low < high)
                elements.Add(new LineElement(x[low], y[low], x[high], y[high]) { Style = SceneStyle.Line(Palette.Axis, 1.2, LineDash.Dashed) });
        }

        if (marks.Line is not (double at, string label) || !x.Contains(at))
            return;
        double width = TextMeasure.Width(label, 11), left = layout.Y.Multiplier != 0 ? plot.X + 36 : plot.X;
        double centre = Math.Min(Math.Max(x[at], left + (width / 2)), layout.Area.Right - (width / 2) - 6);
        elements.Add(new LineElement(x[at], plot.Y - 3, x[at], plot.Bottom) { Style = SceneStyle.Line(Palette.Axis, 1.2, LineDash.Dotted) });
        elements.Add(new TextElement(centre, plot.Y - 7, label)
        {
            Size = 11,
            Anchor = TextAnchor.Middle,
            Style = SceneStyle.Solid(Palette.Axis),
        });
    }
}
