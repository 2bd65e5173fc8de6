using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>Counts of true class (rows) against predicted class (columns), each cell shaded by its share of the row.</summary>
public sealed record ConfusionMatrix
{
    private const double Size = 11.5, LongestName = 130, TiltSine = 0.64, TiltCosine = 0.77;

    /// <summary>Headline; default "Confusion matrix".</summary>
    public string Title { get; init; } = "Confusion matrix";

    /// <summary>Names of the classes [classes].</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Samples [true class][predicted class], none negative.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Counts { get; init; }

    /// <summary>Draws the matrix.</summary>
    /// <exception cref="ArgumentException">The counts are not a square as large as the labels, or one is negative.</exception>
    public Scene Draw()
    {
        Check();
        int classes = Labels.Count;
        double cell = Math.Clamp(460.0 / Math.Max(1, classes), 22, 68);
        cell = Math.Max(cell, WidestCount() + 8);
        string[] names = [.. Labels.Select(label => TextMeasure.Fit(label, LongestName, Size))];
        double widest = names.Length == 0 ? 0 : names.Max(name => TextMeasure.Width(name, Size));
        bool tilted = widest > cell - 4;
        double left = 46 + widest, top = 68 + (tilted ? TiltSine * widest : 12), side = Math.Max(cell * classes, 80);
        double overhang = tilted && names.Length > 0 ? (TiltCosine * TextMeasure.Width(names[^1], Size)) - (cell / 2) + 8 : 0;
        double width = Math.Max(left + side + Math.Max(24, overhang), 240);
        var elements = new List<SceneElement>
        {
            Headline.At(20, 26, Title, width - 40),
            Text("predicted class", left + (side / 2), 52, TextAnchor.Middle) with { Size = 12 },
            Text("true class", 22, top + (side / 2), TextAnchor.Middle) with { Size = 12, Rotation = -90 },
        };
        for (int i = 0; i < classes; i++)
        {
            double centre = (i + 0.5) * cell;
            elements.Add(Text(names[i], left - 8, top + centre + 4, TextAnchor.End));
            elements.Add(tilted
                ? Text(names[i], left + centre + 2, top - 8, TextAnchor.Start) with { Rotation = -40 }
                : Text(names[i], left + centre, top - 8, TextAnchor.Middle));
            DrawRow(i, left, top + (i * cell), cell, elements);
        }

        if (classes == 0)
            ChartPanel.DrawNoData(new Box(left, top, side, side), elements);
        elements.Add(new RectangleElement(left, top, side, side) { Style = SceneStyle.Line(Palette.Axis) });
        string note = Note();
        elements.Add(Text(note, Math.Max(left + (side / 2), 24 + (TextMeasure.Width(note, 11) / 2)), top + side + 24, TextAnchor.Middle) with { Size = 11, Style = SceneStyle.Solid(Palette.Muted) });
        return new Scene { Width = width, Height = top + side + 40, Title = Title, Description = note, Elements = elements };
    }

    private void DrawRow(int row, double left, double top, double cell, List<SceneElement> elements)
    {
        long total = Counts[row].Sum(count => (long)count);
        for (int column = 0; column < Counts.Count; column++)
        {
            int count = Counts[row][column];
            double share = total == 0 ? 0 : (double)count / total;
            elements.Add(new RectangleElement(left + (column * cell), top, cell, cell)
            {
                Style = new SceneStyle { Fill = Palette.Share(Math.Sqrt(share)), Stroke = "#ffffff" },
            });
            elements.Add(Text(count.ToString(CultureInfo.InvariantCulture), left + ((column + 0.5) * cell), top + (cell / 2) + 4, TextAnchor.Middle) with
            {
                Bold = row == column,
                Style = SceneStyle.Solid(share > 0.3 ? "#ffffff" : count == 0 ? "#a8b0b8" : Palette.Text),
            });
        }
    }

    private string Note()
    {
        long total = Counts.Sum(row => row.Sum(count => (long)count));
        long right = Counts.Select((row, i) => (long)row[i]).Sum();
        return total == 0
            ? "no samples"
            : string.Create(CultureInfo.InvariantCulture, $"{right} of {total} right ({100.0 * right / total:0.0} %)");
    }

    private double WidestCount() =>
        Counts.Count == 0 ? 0 : Counts.Max(row => row.Max(count => TextMeasure.Width(count.ToString(CultureInfo.InvariantCulture), Size, bold: true)));

    private void Check()
    {
        PlotGuard.SameLength(Counts.Count, Labels.Count, nameof(Counts), nameof(Labels));
        for (int i = 0; i < Counts.Count; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{nameof(Counts)}[{i}]");
            PlotGuard.SameLength(Counts[i].Count, Labels.Count, name, nameof(Labels));
            if (Counts[i].Any(count => count < 0))
                throw new ArgumentException(name + ": a count is negative; allowed are 0 and above.");
        }
    }

    private static TextElement Text(string text, double x, double y, TextAnchor anchor) =>
        new(x, y, text) { Size = Size, Anchor = anchor, Style = SceneStyle.Solid(Palette.Text) };
}
