using System.Globalization;
using System.Text;

namespace KanSharp.Plotting;

/// <summary>Draws a chart with characters, for terminals and logs. Every series has its own sign, so it needs no colours.</summary>
public static class TerminalChart
{
    private const string Signs = "*o+x#@";

    /// <summary>The chart as lines of text that end with a line feed.</summary>
    /// <param name="chart">the chart; lines are drawn through, dots and bars as their points</param>
    /// <param name="columns">characters a line, 30 to 500; default 72</param>
    /// <param name="rows">lines of the plot area, 4 to 200; default 14</param>
    /// <exception cref="ArgumentException">A size is out of range, or a series has X and Y of different lengths.</exception>
    public static string Write(Chart chart, int columns = 72, int rows = 14)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 30);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, 500);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, 200);
        TickSet ticksY = AxisRange.Of(chart, vertical: true, Math.Max(2, rows / 4));
        int margin = ticksY.Labels.Count == 0 ? 1 : Math.Min(columns / 3, ticksY.Labels.Max(label => Plain(label, ticksY.Multiplier).Length));
        int width = columns - margin - 3;
        TickSet ticksX = AxisRange.Of(chart, vertical: false, Math.Max(1, width / 14));
        var x = new AxisMap(ticksX.Minimum, ticksX.Maximum, chart.X.Scale, 0, width - 1);
        var y = new AxisMap(ticksY.Minimum, ticksY.Maximum, chart.Y.Scale, rows - 1, 0);
        char[][] cells = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Repeat(' ', width).ToArray())];
        bool any = false;
        for (int i = 0; i < chart.Series.Count; i++)
            any |= Draw(chart.Series[i], Signs[i % Signs.Length], cells, x, y);
        if (!any)
            "no data".CopyTo(0, cells[rows / 2], (width - 7) / 2, 7);

        var text = new StringBuilder();
        if (chart.Title.Length > 0)
            Line(text, Clean(chart.Title));
        string legend = string.Join("   ", chart.Series.Select((series, i) => (series.Name, Sign: Signs[i % Signs.Length]))
            .Where(entry => entry.Name.Length > 0).Select(entry => entry.Sign + " " + Clean(entry.Name)));
        string head = string.Join("   ", new[] { Clean(chart.Y.Label), legend }.Where(part => part.Length > 0));
        if (head.Length > 0)
            Line(text, head);
        string[] labels = new string[rows];
        for (int i = 0; i < ticksY.Major.Count; i++)
            labels[Math.Clamp(Nearest(y[ticksY.Major[i]]), 0, rows - 1)] = Plain(ticksY.Labels[i], ticksY.Multiplier);
        for (int row = 0; row < rows; row++)
        {
            string label = labels[row] ?? "";
            Line(text, $"{(label.Length > margin ? label[..margin] : label).PadLeft(margin)} {(label.Length > 0 ? '┤' : '│')}{new string(cells[row])}");
        }

        Foot(text, chart, ticksX, x, margin, width);
        return text.ToString();
    }

    private static bool Draw(ChartSeries series, char sign, char[][] cells, AxisMap x, AxisMap y)
    {
        PlotGuard.SameLength(series.Y.Count, series.X.Count, $"Y of series \"{series.Name}\"", "X");
        var points = new ScenePoint[series.X.Count];
        for (int i = 0; i < points.Length; i++)
        {
            bool shown = AxisMap.CanShow(series.X[i], x.Scale) && AxisMap.CanShow(series.Y[i], y.Scale);
            points[i] = shown ? new ScenePoint(x[series.X[i]], y[series.Y[i]]) : new ScenePoint(double.NaN, double.NaN);
        }

        var area = new Box(-0.5, -0.5, cells[0].Length, cells.Length);
        if (series.Kind != SeriesKind.Line)
        {
            points = [.. points.Where(point => PolylineClip.Inside(point, area))];
            foreach (ScenePoint point in points)
                Set(cells, point.X, point.Y, sign);
            return points.Length > 0;
        }

        List<List<ScenePoint>> pieces = PolylineClip.Cut(points, area);
        foreach (List<ScenePoint> piece in pieces)
        {
            Set(cells, piece[0].X, piece[0].Y, sign);
            for (int i = 1; i < piece.Count; i++)
                Join(cells, piece[i - 1], piece[i], sign);
        }

        return pieces.Count > 0;
    }

    private static void Join(char[][] cells, ScenePoint from, ScenePoint to, char sign)
    {
        double dx = to.X - from.X, dy = to.Y - from.Y;
        int steps = Math.Max(1, (int)Math.Ceiling(Math.Max(Math.Abs(dx), Math.Abs(dy))));
        for (int i = 1; i <= steps; i++)
            Set(cells, from.X + (dx * i / steps), from.Y + (dy * i / steps), sign);
    }

    private static void Set(char[][] cells, double x, double y, char sign) =>
        cells[Math.Clamp(Nearest(y), 0, cells.Length - 1)][Math.Clamp(Nearest(x), 0, cells[0].Length - 1)] = sign;

    private static int Nearest(double value) => (int)Math.Round(value, MidpointRounding.AwayFromZero);

    private static void Foot(StringBuilder text, Chart chart, TickSet ticks, AxisMap x, int margin, int width)
    {
        char[] axis = [.. Enumerable.Repeat('─', width)];
        char[] names = [.. Enumerable.Repeat(' ', width + 2)];
        int free = 0;
        for (int i = 0; i < ticks.Major.Count; i++)
        {
            int place = Math.Clamp(Nearest(x[ticks.Major[i]]), 0, width - 1);
            axis[place] = '┬';
            string label = Clean(Plain(ticks.Labels[i], ticks.Multiplier));
            int start = Math.Min(place - (label.Length / 2) + 1, names.Length - label.Length);
            if (start < free || label.Length > names.Length)
                continue;
            label.CopyTo(0, names, start, label.Length);
            free = start + label.Length + 1;
        }

        Line(text, $"{new string(' ', margin)} └{new string(axis)}");
        Line(text, $"{new string(' ', margin + 1)}{new string(names)}");
        if (chart.X.Label.Length > 0)
            Line(text, new string(' ', Math.Max(0, margin + 2 + ((width - chart.X.Label.Length) / 2))) + Clean(chart.X.Label));
    }

    private static string Plain(TickLabel label, int multiplier)
    {
        string power = multiplier == 0 ? "" : "e" + multiplier.ToString(CultureInfo.InvariantCulture);
        string text = label.Superscript.Length == 0 ? label.Text + power : label.Text switch
        {
            "10" => "1e" + label.Superscript,
            _ => label.Text.Replace("×10", "e", StringComparison.Ordinal) + label.Superscript,
        };
        return text.Replace('−', '-');
    }

    // a control character in a name must not reach the terminal
    private static string Clean(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static void Line(StringBuilder text, string line) => text.Append(line.TrimEnd()).Append('\n');
}
