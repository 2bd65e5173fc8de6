namespace KanSharp.Plotting;

/// <summary>The row (or rows) of names between headline and plot area, where it cannot hide data.</summary>
internal static class ChartLegend
{
    private const double Row = 20, Swatch = 22, Space = 16, LongestName = 260;

    private enum Sign
    {
        Line,
        Dot,
        Block,
        Knots,
    }

    public static double Height(Chart chart, Box area)
    {
        List<Entry> entries = Entries(chart);
        return entries.Count == 0 ? 0 : (Rows(entries, area) * Row) + 6;
    }

    public static void Draw(Chart chart, Box area, double left, double top, List<SceneElement> elements)
    {
        double x = left, y = top + 8;
        foreach (Entry entry in Entries(chart))
        {
            if (x > left && x + entry.Width > area.Right - 8)
                (x, y) = (left, y + Row);
            DrawSign(entry, x, y, elements);
            elements.Add(new TextElement(x + Swatch, y + 4, entry.Name) { Size = 11.5, Style = SceneStyle.Solid(Palette.Text) });
            x += entry.Width;
        }
    }

    private static int Rows(List<Entry> entries, Box area)
    {
        // the left margin is not known yet; the widest one there is
        double room = Math.Max(80, area.Width - 90), x = 0;
        int rows = 1;
        foreach (Entry entry in entries)
        {
            if (x > 0 && x + entry.Width > room)
                (x, rows) = (0, rows + 1);
            x += entry.Width;
        }

        return rows;
    }

    private static List<Entry> Entries(Chart chart)
    {
        var entries = new List<Entry>();
        if (!chart.Legend)
            return entries;
        for (int i = 0; i < chart.Series.Count; i++)
        {
            ChartSeries series = chart.Series[i];
            if (series.Name.Length > 0)
                entries.Add(new Entry(series.Name, series.Colour ?? Palette.Series(i), Of(series.Kind), series.Dash, series.Width));
        }

        if (chart.Marks.Band is (_, _, string band))
            entries.Add(new Entry(band, Palette.Band, Sign.Block));
        if (chart.Marks.KnotsName.Length > 0)
            entries.Add(new Entry(chart.Marks.KnotsName, Palette.Axis, Sign.Knots));
        // one name alone says nothing that the headline and the axis do not say
        return entries.Count > 1 ? entries : [];
    }

    private static Sign Of(SeriesKind kind) => kind switch
    {
        SeriesKind.Scatter => Sign.Dot,
        SeriesKind.Bar => Sign.Block,
        _ => Sign.Line,
    };

    private static void DrawSign(Entry entry, double x, double y, List<SceneElement> elements)
    {
        elements.Add(entry.Sign switch
        {
            Sign.Line => new LineElement(x, y, x + 17, y) { Style = SceneStyle.Line(entry.Colour, entry.LineWidth, entry.Dash) },
            Sign.Dot => new CircleElement(x + 9, y, 3.5) { Style = SceneStyle.Solid(entry.Colour) },
            Sign.Knots => new LineElement(x + 9, y - 5, x + 9, y + 5) { Style = SceneStyle.Line(entry.Colour, 1.2) },
            _ => new RectangleElement(x + 3, y - 5, 12, 10)
            {
                Style = new SceneStyle { Fill = entry.Colour, Stroke = entry.Colour == Palette.Band ? "#b6cfe0" : null },
            },
        });
    }

    private sealed record Entry(string FullName, string Colour, Sign Sign, LineDash Dash = LineDash.Solid, double LineWidth = 1.8)
    {
        public string Name { get; } = TextMeasure.Fit(FullName, LongestName, 11.5);

        public double Width => Swatch + TextMeasure.Width(Name, 11.5) + Space;
    }
}
