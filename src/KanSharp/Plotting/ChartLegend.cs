namespace KanSharp.Plotting;

/// <summary>The row (or rows) of names between headline and plot area, where it cannot hide data. Long names take several lines.</summary>
internal static class ChartLegend
{
    private const double TextSize = 11.5, Row = 20, LineHeight = 14, Swatch = 22, Space = 16;
    private const int MostLines = 3;

    private enum Sign
    {
        Line,
        Dot,
        Block,
        Knots,
    }

    public static double Height(Chart chart, Box area)
    {
        List<(Entry Entry, double X, double Y)> places = Places(chart, area);
        return places.Count == 0 ? 0 : places.Max(place => place.Y + place.Entry.Height) + 6;
    }

    public static void Draw(Chart chart, Box area, double left, double top, List<SceneElement> elements)
    {
        left = Math.Min(left, area.Right - 8 - Room(area));
        foreach ((Entry entry, double x, double y) in Places(chart, area))
        {
            DrawSign(entry, left + x, top + 8 + y, elements);
            for (int line = 0; line < entry.Lines.Count; line++)
            {
                elements.Add(new TextElement(left + x + Swatch, top + 12 + y + (line * LineHeight), entry.Lines[line])
                {
                    Size = TextSize,
                    Style = SceneStyle.Solid(Palette.Text),
                });
            }
        }
    }

    // the left margin is not known yet; the room is what the widest one there is leaves
    private static double Room(Box area) => Math.Max(80, area.Width - 90);

    // from left to right, then the next row, which begins below the highest name of the one before
    private static List<(Entry Entry, double X, double Y)> Places(Chart chart, Box area)
    {
        var places = new List<(Entry, double, double)>();
        double room = Room(area), x = 0, y = 0, row = 0;
        foreach (Entry entry in Entries(chart, room - Swatch))
        {
            if (x > 0 && x + entry.Width > room + Space)
                (x, y, row) = (0, y + row, 0);
            places.Add((entry, x, y));
            x += entry.Width;
            row = Math.Max(row, entry.Height);
        }

        return places;
    }

    private static List<Entry> Entries(Chart chart, double room)
    {
        var entries = new List<Entry>();
        if (!chart.Legend)
            return entries;
        for (int i = 0; i < chart.Series.Count; i++)
        {
            ChartSeries series = chart.Series[i];
            if (series.Name.Length > 0)
                entries.Add(new Entry(TextMeasure.Wrap(series.Name, room, TextSize, MostLines), series.Colour ?? Palette.Series(i), Of(series.Kind), series.Dash, series.Width));
        }

        if (chart.Marks.Band is (_, _, string band))
            entries.Add(new Entry([band], Palette.Band, Sign.Block));
        if (chart.Marks.HistogramName.Length > 0)
            entries.Add(new Entry([chart.Marks.HistogramName], Palette.Bars, Sign.Block));
        if (chart.Marks.KnotsName.Length > 0)
            entries.Add(new Entry([chart.Marks.KnotsName], Palette.Axis, Sign.Knots));
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
                Style = new SceneStyle { Fill = entry.Colour, Stroke = entry.Colour == Palette.Band ? Palette.BandEdge : null },
            },
        });
    }

    private sealed record Entry(
        IReadOnlyList<string> Lines, string Colour, Sign Sign, LineDash Dash = LineDash.Solid, double LineWidth = 1.8)
    {
        public double Width => Swatch + Lines.Max(line => TextMeasure.Width(line, TextSize)) + Space;

        public double Height => Row + ((Lines.Count - 1) * LineHeight);
    }
}
