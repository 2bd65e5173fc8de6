namespace KanSharp.Plotting;

/// <summary>Where the parts of a chart stand.</summary>
internal sealed record ChartLayout(Box Area, Box Plot, TickSet X, TickSet Y, bool Tilted, double LegendTop)
{
    public const double TickSize = 11;
    public const double LabelSize = 12;
    public const double TitleSize = 14;
    private const double TiltSine = 0.64, TiltCosine = 0.77, LongestName = 120;

    public AxisMap MapX(AxisScale scale) => new(X.Minimum, X.Maximum, scale, Plot.X, Plot.Right);

    public AxisMap MapY(AxisScale scale) => new(Y.Minimum, Y.Maximum, scale, Plot.Bottom, Plot.Y);

    public static ChartLayout Of(Chart chart, Box area)
    {
        double top = area.Y + (chart.Title.Length > 0 ? 34 : 14);
        double legendTop = top;
        top += ChartLegend.Height(chart, area);
        bool above = chart.Marks.Line is not null;
        TickSet y = AxisRange.Of(chart, vertical: true, Math.Max(2, (int)(area.Height / 55)));
        top += above || y.Multiplier != 0 ? 16 : 0;

        double left = Math.Max(LeftMargin(chart, y), chart.Marks.LeftMargin);
        double width = area.Width - left - 24;
        TickSet x = FittingX(chart, width);
        bool tilted = chart.X.Categories.Count > 0 && Widest(x) > (width / chart.X.Categories.Count) - 6;
        double right = x.Labels.Count > 0 && !tilted ? Math.Max(18, (x.Labels[^1].Width(TickSize) / 2) + 6) : 18;
        if (tilted)
            left = Math.Max(left, (TiltCosine * TextMeasure.Width(Name(x.Labels[0].Text, tilted: true), TickSize)) - (width / chart.X.Categories.Count / 2) + 4);
        double bottom = 24 + (chart.X.Label.Length > 0 ? 20 : 0) + (chart.Marks.Note.Length > 0 ? 20 : 0) + (x.Multiplier != 0 ? 4 : 0);
        if (tilted)
            bottom += (TiltSine * Math.Min(Widest(x), LongestName)) - 6;
        var plot = new Box(area.X + left, top, area.Width - left - right, Math.Max(20, area.Bottom - bottom - 6 - top));
        return new ChartLayout(area, plot, x, y, tilted, legendTop);
    }

    /// <summary>Room that the labels of the vertical axis need.</summary>
    public static double LeftMargin(Chart chart, double height) =>
        LeftMargin(chart, AxisRange.Of(chart, vertical: true, Math.Max(2, (int)(height / 55))));

    /// <summary>A category name as it is written.</summary>
    public static string Name(string name, bool tilted) => tilted ? TextMeasure.Fit(name, LongestName, TickSize) : name;

    private static double LeftMargin(Chart chart, TickSet y) => 18 + Widest(y) + (chart.Y.Label.Length > 0 ? 22 : 0);

    private static double Widest(TickSet ticks)
    {
        double widest = 0;
        foreach (TickLabel label in ticks.Labels)
            widest = Math.Max(widest, label.Width(TickSize));
        return widest;
    }

    // fewer ticks until no two labels touch
    private static TickSet FittingX(Chart chart, double width)
    {
        int intervals = Math.Max(1, (int)(width / 70));
        TickSet ticks = AxisRange.Of(chart, vertical: false, intervals);
        while (intervals > 1 && chart.X.Categories.Count == 0 && Touches(ticks, width, chart.X.Scale))
            ticks = AxisRange.Of(chart, vertical: false, --intervals);
        return ticks;
    }

    private static bool Touches(TickSet ticks, double width, AxisScale scale)
    {
        var map = new AxisMap(ticks.Minimum, ticks.Maximum, scale, 0, width);
        for (int i = 1; i < ticks.Major.Count; i++)
        {
            double room = (ticks.Labels[i - 1].Width(TickSize) + ticks.Labels[i].Width(TickSize)) / 2;
            if (map[ticks.Major[i]] - map[ticks.Major[i - 1]] < room + 8)
                return true;
        }

        return false;
    }
}
