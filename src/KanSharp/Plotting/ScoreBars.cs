using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>Names with horizontal bars from zero, in the order given: attribution of inputs, importance of anything.</summary>
public sealed record ScoreBars
{
    private const double Row = 24, Bar = 14, NameSize = 12, ValueSize = 11, LongestName = 200, Margin = 20;

    /// <summary>Headline; empty (default) writes none.</summary>
    public string Title { get; init; } = "";

    /// <summary>Names with their scores; a score that is not finite has no bar.</summary>
    public required IReadOnlyList<(string Name, double Score)> Scores { get; init; }

    /// <summary>Most rows drawn, at least 1: the first, and the picture says how many are left out. Default 30.</summary>
    public int MaxRows { get; init; } = 30;

    /// <summary>Width in pixels, at least 300; default 640.</summary>
    public double Width { get; init; } = 640;

    /// <summary>Draws the bars.</summary>
    public Scene Draw()
    {
        PlotGuard.AtLeast(Width, 300, nameof(Width));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRows, 1);
        var elements = new List<SceneElement>();
        double top = Title.Length > 0 ? 44 : 16;
        if (Title.Length > 0)
            elements.Add(Headline.At(Margin, 26, Title, Width - (2 * Margin)));
        int shown = Math.Min(Scores.Count, MaxRows);
        (string Name, double Score)[] rows = [.. Scores.Take(shown)];
        double names = rows.Length == 0 ? 0 : Math.Min(LongestName, rows.Max(row => TextMeasure.Width(row.Name, NameSize)));
        double values = rows.Length == 0 ? 0 : rows.Max(row => TextMeasure.Width(PlotNumber.Short(row.Score, 3), ValueSize)) + 12;
        double[] finite = [.. rows.Select(row => row.Score).Where(score => AxisMap.CanShow(score, AxisScale.Linear))];
        double low = Math.Min(0, finite.DefaultIfEmpty(0).Min()), high = Math.Max(0, finite.DefaultIfEmpty(0).Max());
        if (low == high)
            high = 1;
        double left = Margin + names + 10 + (low < 0 ? values : 0), right = Width - Margin - values;
        var x = new AxisMap(low, high, AxisScale.Linear, left, right);
        for (int i = 0; i < rows.Length; i++)
            Draw(rows[i].Name, rows[i].Score, top + (i * Row), names, x, elements);
        double bottom = top + (rows.Length * Row) + 8;
        elements.Add(new LineElement(x[0], top, x[0], bottom - 8) { Style = SceneStyle.Line(Palette.Axis) });
        if (rows.Length == 0)
        {
            ChartPanel.DrawNoData(new Box(0, top, Width, 60), elements);
            bottom = top + 70;
        }
        else if (shown < Scores.Count)
        {
            elements.Add(new TextElement(Margin, bottom + 8, string.Create(CultureInfo.InvariantCulture, $"first {shown} of {Scores.Count} shown")) { Size = ValueSize, Style = SceneStyle.Solid(Palette.Muted) });
            bottom += 20;
        }

        return new Scene
        {
            Width = Width,
            Height = bottom + 4,
            Title = Title.Length > 0 ? Title : "Scores",
            Description = string.Join(", ", rows.Select(row => $"{row.Name} {PlotNumber.Short(row.Score, 3)}")),
            Elements = elements,
        };
    }

    private static void Draw(string name, double score, double y, double names, AxisMap x, List<SceneElement> elements)
    {
        double line = y + (Row / 2) + 4;
        elements.Add(new TextElement(Margin + names, line, TextMeasure.Fit(name, names + 1, NameSize)) { Size = NameSize, Anchor = TextAnchor.End, Style = SceneStyle.Solid(Palette.Text) });
        bool drawn = AxisMap.CanShow(score, AxisScale.Linear);
        double zero = x[0], end = drawn ? x[score] : zero;
        if (drawn)
        {
            elements.Add(new RectangleElement(Math.Min(zero, end), y + ((Row - Bar) / 2), Math.Abs(end - zero), Bar)
            {
                CornerRadius = 2,
                Style = SceneStyle.Solid(score < 0 ? Palette.Vermilion : Palette.Blue),
            });
        }

        elements.Add(new TextElement(score < 0 ? end - 6 : end + 6, line, PlotNumber.Short(score, 3))
        {
            Size = ValueSize,
            Anchor = score < 0 ? TextAnchor.End : TextAnchor.Start,
            Style = SceneStyle.Solid(Palette.Muted),
        });
    }
}
