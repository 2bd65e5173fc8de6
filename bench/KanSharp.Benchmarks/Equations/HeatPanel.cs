using System.Globalization;
using KanSharp.Plotting;

namespace KanSharp.Benchmarks.Equations;

/// <summary>A function of two variables as coloured cells, neighbours of one colour joined, with the ends of the axes and of the scale written beside it.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Axes">Name and range of the two variables, the horizontal one first.</param>
/// <param name="Cells">[rows, columns], the lowest row first; NaN draws nothing.</param>
internal sealed record HeatPanel(string Title, IReadOnlyList<(string Name, double Low, double High)> Axes, double[,] Cells)
{
    private const double Side = 300, Top = 34, Left = 46, BarWidth = 14;
    private const int Levels = 20;

    /// <summary>Width and height of the panel.</summary>
    public static (double Width, double Height) Size => (Left + Side + 100, Top + Side + 44);

    public void Draw(double x, double y, List<SceneElement> elements)
    {
        double[] finite = [.. Cells.Cast<double>().Where(double.IsFinite)];
        (double low, double high) = finite.Length > 0 ? (finite.Min(), finite.Max()) : (0, 1);
        double left = x + Left, top = y + Top, bar = left + Side + 16;
        elements.Add(Text(left, y + 22, Title) with { Bold = true });
        int rows = Cells.GetLength(0), columns = Cells.GetLength(1);
        double width = Side / columns, height = Side / rows;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0, end; column < columns; column = end)
            {
                int level = Level(Cells[row, column], low, high);
                for (end = column + 1; end < columns && Level(Cells[row, end], low, high) == level; end++)
                {
                }

                // a little larger than the cells, so that no seams show
                if (level >= 0)
                    elements.Add(new RectangleElement(left + column * width, top + (rows - 1 - row) * height, (end - column) * width + 0.4, height + 0.4) { Style = new SceneStyle { Fill = Colour(level) } });
            }
        }

        for (int level = 0; level < Levels; level++)
            elements.Add(new RectangleElement(bar, top + Side - (level + 1) * Side / Levels, BarWidth, Side / Levels + 0.4) { Style = new SceneStyle { Fill = Colour(level) } });
        elements.Add(Text(bar + BarWidth + 6, top + 10, Number(high)));
        elements.Add(Text(bar + BarWidth + 6, top + Side, Number(low)));
        elements.Add(Text(left, top + Side + 16, Number(Axes[0].Low)));
        elements.Add(Text(left + Side / 2, top + Side + 16, Axes[0].Name) with { Anchor = TextAnchor.Middle });
        elements.Add(Text(left + Side, top + Side + 16, Number(Axes[0].High)) with { Anchor = TextAnchor.End });
        elements.Add(Text(left - 6, top + Side, Number(Axes[1].Low)) with { Anchor = TextAnchor.End });
        elements.Add(Text(left - 6, top + Side / 2, Axes[1].Name) with { Anchor = TextAnchor.End });
        elements.Add(Text(left - 6, top + 10, Number(Axes[1].High)) with { Anchor = TextAnchor.End });
    }

    private static int Level(double value, double low, double high) =>
        !double.IsFinite(value) ? -1 : high > low ? Math.Min(Levels - 1, (int)((value - low) / (high - low) * Levels)) : 0;

    /// <summary>Deep blue, teal, yellow: darker is smaller, also without colours.</summary>
    private static string Colour(int level)
    {
        ReadOnlySpan<double> stops = [30, 30, 90, 20, 130, 140, 250, 230, 110];
        double place = 2.0 * level / (Levels - 1);
        int first = place < 1 ? 0 : 1;
        Span<int> channels = stackalloc int[3];
        for (int channel = 0; channel < 3; channel++)
            channels[channel] = (int)Math.Round(stops[3 * first + channel] + (place - first) * (stops[3 * first + 3 + channel] - stops[3 * first + channel]));
        return $"#{channels[0]:x2}{channels[1]:x2}{channels[2]:x2}";
    }

    private static TextElement Text(double x, double y, string content) => new(x, y, content) { Style = new SceneStyle { Fill = "#1f2328" } };

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
