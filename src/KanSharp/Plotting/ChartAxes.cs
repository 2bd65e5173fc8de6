namespace KanSharp.Plotting;

/// <summary>Draws the grid, the axes, their ticks and labels.</summary>
internal static class ChartAxes
{
    public static void Draw(Chart chart, ChartLayout layout, List<SceneElement> elements)
    {
        Box plot = layout.Plot;
        DrawY(chart, layout, elements);
        DrawX(chart, layout, elements);
        elements.Add(new LineElement(plot.X, plot.Bottom, plot.Right, plot.Bottom) { Style = SceneStyle.Line(Palette.Axis) });
        elements.Add(new LineElement(plot.X, plot.Y, plot.X, plot.Bottom) { Style = SceneStyle.Line(Palette.Axis) });
        DrawLabels(chart, layout, elements);
    }

    private static void DrawY(Chart chart, ChartLayout layout, List<SceneElement> elements)
    {
        Box plot = layout.Plot;
        AxisMap map = layout.MapY(chart.Y.Scale);
        foreach (double value in layout.Y.Minor)
            elements.Add(new LineElement(plot.X - 3, map[value], plot.X, map[value]) { Style = SceneStyle.Line(Palette.Axis, 0.7) });
        for (int i = 0; i < layout.Y.Major.Count; i++)
        {
            double y = map[layout.Y.Major[i]];
            elements.Add(new LineElement(plot.X, y, plot.Right, y) { Style = SceneStyle.Line(Palette.Grid) });
            elements.Add(new LineElement(plot.X - 5, y, plot.X, y) { Style = SceneStyle.Line(Palette.Axis) });
            elements.Add(Text(layout.Y.Labels[i], plot.X - 8, y + 4, TextAnchor.End));
        }

        if (layout.Y.Multiplier != 0)
            elements.Add(Text(new TickLabel("×10", LogTicks.Exponent(layout.Y.Multiplier)), plot.X - 5, plot.Y - 7, TextAnchor.Start));
    }

    private static void DrawX(Chart chart, ChartLayout layout, List<SceneElement> elements)
    {
        Box plot = layout.Plot;
        AxisMap map = layout.MapX(chart.X.Scale);
        foreach (double value in layout.X.Minor)
            elements.Add(new LineElement(map[value], plot.Bottom, map[value], plot.Bottom + 3) { Style = SceneStyle.Line(Palette.Axis, 0.7) });
        bool named = chart.X.Categories.Count > 0;
        int every = named ? Math.Max(1, (int)Math.Ceiling(14 * layout.X.Major.Count / plot.Width)) : 1;
        for (int i = 0; i < layout.X.Major.Count; i += every)
        {
            double x = map[layout.X.Major[i]];
            if (!named)
                elements.Add(new LineElement(x, plot.Y, x, plot.Bottom) { Style = SceneStyle.Line(Palette.Grid) });
            elements.Add(new LineElement(x, plot.Bottom, x, plot.Bottom + 5) { Style = SceneStyle.Line(Palette.Axis) });
            TickLabel label = layout.X.Labels[i] with { Text = named ? ChartLayout.Name(layout.X.Labels[i].Text, layout.Tilted) : layout.X.Labels[i].Text };
            elements.Add(layout.Tilted
                ? Text(label, x + 4, plot.Bottom + 14, TextAnchor.End) with { Rotation = -40 }
                : Text(label, x, plot.Bottom + 18, TextAnchor.Middle));
        }

        if (layout.X.Multiplier != 0)
        {
            double y = plot.Bottom + (chart.X.Label.Length > 0 ? 38 : 28);
            elements.Add(Text(new TickLabel("×10", LogTicks.Exponent(layout.X.Multiplier)), plot.Right, y, TextAnchor.End));
        }
    }

    private static void DrawLabels(Chart chart, ChartLayout layout, List<SceneElement> elements)
    {
        Box plot = layout.Plot, area = layout.Area;
        double centre = plot.X + (plot.Width / 2), bottom = area.Bottom - 10;
        if (chart.Title.Length > 0)
        {
            string title = TextMeasure.Fit(chart.Title, area.Width - 24, ChartLayout.TitleSize, bold: true);
            bool fits = TextMeasure.Width(title, ChartLayout.TitleSize, bold: true) <= area.Right - plot.X - 12;
            elements.Add(new TextElement(fits ? plot.X : area.X + 12, area.Y + 22, title)
            {
                Size = ChartLayout.TitleSize,
                Bold = true,
                Style = SceneStyle.Solid(Palette.Text),
            });
        }

        if (chart.Marks.Note.Length > 0)
        {
            elements.Add(new TextElement(centre, bottom, TextMeasure.Fit(chart.Marks.Note, area.Width - 24, 11))
            {
                Size = 11,
                Anchor = TextAnchor.Middle,
                Style = SceneStyle.Solid(Palette.Muted),
            });
            bottom -= 20;
        }

        if (chart.X.Label.Length > 0)
            elements.Add(Label(centre, bottom, chart.X.Label, plot.Width));
        if (chart.Y.Label.Length > 0)
            elements.Add(Label(area.X + 18, plot.Y + (plot.Height / 2), chart.Y.Label, plot.Height + 20) with { Rotation = -90 });
    }

    private static TextElement Label(double x, double y, string text, double room) =>
        new(x, y, TextMeasure.Fit(text, room, ChartLayout.LabelSize))
        {
            Size = ChartLayout.LabelSize,
            Anchor = TextAnchor.Middle,
            Style = SceneStyle.Solid(Palette.Text),
        };

    private static TextElement Text(TickLabel label, double x, double y, TextAnchor anchor) => new(x, y, label.Text)
    {
        Superscript = label.Superscript,
        Size = ChartLayout.TickSize,
        Anchor = anchor,
        Style = SceneStyle.Solid(Palette.Axis),
    };
}
