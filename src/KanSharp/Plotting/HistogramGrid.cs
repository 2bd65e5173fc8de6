using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>
/// Small histograms in rows: how what reaches the edges of a network spreads, with the ends of the grid as dashed lines. What lies outside
/// the grid is drawn red and counted.
/// </summary>
public sealed record HistogramGrid
{
    private const double PanelWidth = 180, PanelHeight = 84, GapX = 24, Margin = 22, NameHeight = 20, FootHeight = 36, Small = 10.5;

    /// <summary>Headline; empty (default) writes none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The histograms.</summary>
    public required IReadOnlyList<HistogramPanel> Panels { get; init; }

    /// <summary>Histograms a row, at least 1; default 4.</summary>
    public int Columns { get; init; } = 4;

    /// <summary>Bins of each, 2 to 200; default 30.</summary>
    public int Bins { get; init; } = 30;

    /// <summary>Draws the histograms.</summary>
    /// <exception cref="ArgumentException">The ends of a grid are not finite or not in order.</exception>
    public Scene Draw()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Bins, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Bins, 200);
        int columns = Math.Clamp(Panels.Count, 1, Columns), rows = (Panels.Count + columns - 1) / columns;
        double top = Title.Length > 0 ? 42 : 12, step = NameHeight + PanelHeight + FootHeight;
        double width = (2 * Margin) + (columns * PanelWidth) + ((columns - 1) * GapX), height = top + (Math.Max(1, rows) * step) + 6;
        var elements = new List<SceneElement>();
        if (Title.Length > 0)
            elements.Add(Headline.At(Margin, 26, Title, width - (2 * Margin)));
        for (int i = 0; i < Panels.Count; i++)
            Draw(i, new Box(Margin + (i % columns * (PanelWidth + GapX)), top + (i / columns * step) + NameHeight, PanelWidth, PanelHeight), elements);
        if (Panels.Count == 0)
            ChartPanel.DrawNoData(new Box(0, top, width, step), elements);
        return new Scene
        {
            Width = width,
            Height = height,
            Title = Title.Length > 0 ? Title : "Histograms",
            Description = string.Create(CultureInfo.InvariantCulture, $"{Panels.Count} histograms; dashed lines are the ends of the grid, what lies outside is red."),
            Elements = elements,
        };
    }

    private void Draw(int index, Box plot, List<SceneElement> elements)
    {
        HistogramPanel panel = Panels[index];
        if (panel.Grid is (double from, double to) && !(from < to && AxisMap.CanShow(from, AxisScale.Linear) && AxisMap.CanShow(to, AxisScale.Linear)))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{nameof(Panels)}[{index}].{nameof(HistogramPanel.Grid)}: {from} to {to}; allowed are two numbers in order."));
        if (panel.Name.Length > 0)
        {
            elements.Add(new TextElement(plot.X, plot.Y - 6, TextMeasure.Fit(panel.Name, plot.Width, 12, bold: true))
            {
                Bold = true,
                Style = SceneStyle.Solid(Palette.Text),
            });
        }

        SampleHistogram? histogram = SampleHistogram.Of(panel.Values, Bins);
        if (histogram is null)
        {
            elements.Add(new TextElement(plot.X + (plot.Width / 2), plot.Y + (plot.Height / 2), "no data") { Anchor = TextAnchor.Middle, Style = SceneStyle.Solid(Palette.Muted) });
        }
        else
        {
            double low = Math.Min(histogram.Low, panel.Grid?.Low ?? histogram.Low), high = Math.Max(histogram.High, panel.Grid?.High ?? histogram.High);
            var x = new AxisMap(low, high, AxisScale.Linear, plot.X, plot.Right);
            DrawBars(histogram, panel, plot, x, elements);
            DrawFoot(panel, plot, low, high, elements);
        }

        elements.Add(new LineElement(plot.X, plot.Bottom, plot.Right, plot.Bottom) { Style = SceneStyle.Line(Palette.Axis) });
    }

    private static void DrawBars(SampleHistogram histogram, HistogramPanel panel, Box plot, AxisMap x, List<SceneElement> elements)
    {
        if (panel.Grid is (double from, double to))
            elements.Add(new RectangleElement(x[from], plot.Y, x[to] - x[from], plot.Height) { Style = SceneStyle.Solid(Palette.Band) });
        double highest = histogram.Counts.Max();
        for (int bin = 0; bin < histogram.Counts.Length; bin++)
        {
            double left = x[histogram.End(bin)], right = x[histogram.End(bin + 1)], centre = (histogram.End(bin) + histogram.End(bin + 1)) / 2;
            double height = (plot.Height - 6) * histogram.Counts[bin] / highest;
            bool outside = panel.Grid is (double low, double high) && (centre < low || centre > high);
            if (height > 0)
                elements.Add(new RectangleElement(left, plot.Bottom - height, right - left, height) { Style = SceneStyle.Solid(outside ? Palette.Vermilion : Palette.Blue) });
        }

        if (panel.Grid is not (double first, double last))
            return;
        foreach (double end in (ReadOnlySpan<double>)[first, last])
            elements.Add(new LineElement(x[end], plot.Y, x[end], plot.Bottom) { Style = SceneStyle.Line(Palette.Axis, 1.2, LineDash.Dashed) });
    }

    // the ends of what is drawn, and below them what lies outside the grid
    private static void DrawFoot(HistogramPanel panel, Box plot, double low, double high, List<SceneElement> elements)
    {
        elements.Add(Foot(PlotNumber.Short(low, 3), plot.X, plot.Bottom + 13, TextAnchor.Start, Palette.Axis));
        elements.Add(Foot(PlotNumber.Short(high, 3), plot.Right, plot.Bottom + 13, TextAnchor.End, Palette.Axis));
        var notes = new List<string>();
        int finite = panel.Values.Count(double.IsFinite);
        if (panel.Grid is (double from, double to))
        {
            int outside = panel.Values.Count(value => double.IsFinite(value) && (value < from || value > to));
            if (outside > 0)
                notes.Add(PlotNumber.Percent((double)outside / finite) + " outside");
        }

        if (finite < panel.Values.Count)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{panel.Values.Count - finite} not finite"));
        if (notes.Count > 0)
            elements.Add(Foot(TextMeasure.Fit(string.Join(", ", notes), plot.Width, Small), plot.X, plot.Bottom + 27, TextAnchor.Start, Palette.Vermilion));
    }

    private static TextElement Foot(string text, double x, double y, TextAnchor anchor, string colour) =>
        new(x, y, text) { Size = Small, Anchor = anchor, Style = SceneStyle.Solid(colour) };
}
