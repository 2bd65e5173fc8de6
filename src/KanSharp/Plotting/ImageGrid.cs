using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>Small grey images in rows, each with its predicted and true class; mistakes are framed and named.</summary>
public sealed record ImageGrid
{
    private const double Size = 72, GapX = 18, Margin = 20, CaptionSize = 11;

    /// <summary>Headline; empty (default) writes none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The images.</summary>
    public required IReadOnlyList<GridImage> Images { get; init; }

    /// <summary>Images a row, at least 1; default 8.</summary>
    public int Columns { get; init; } = 8;

    /// <summary>Draws the grid.</summary>
    /// <exception cref="ArgumentException">An image has not as many pixels as its rows and columns say.</exception>
    public Scene Draw()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Columns, 1);
        int columns = Math.Clamp(Images.Count, 1, Columns), rows = (Images.Count + columns - 1) / columns;
        double top = Title.Length > 0 ? 42 : Margin, step = Size + CaptionHeight() + 14;
        double width = Math.Max(200, (2 * Margin) + (columns * Size) + ((columns - 1) * GapX));
        double height = Images.Count == 0 ? 120 : top + (rows * step) + 4;
        var elements = new List<SceneElement>();
        if (Title.Length > 0)
            elements.Add(Headline.At(Margin, 26, Title, width - (2 * Margin)));
        double left = (width - (columns * Size) - ((columns - 1) * GapX)) / 2;
        for (int i = 0; i < Images.Count; i++)
            DrawImage(i, left + (i % columns * (Size + GapX)), top + (i / columns * step), elements);
        if (Images.Count == 0)
            ChartPanel.DrawNoData(new Box(0, 20, width, height - 20), elements);
        return new Scene
        {
            Width = width,
            Height = height,
            Title = Title.Length > 0 ? Title : "Images",
            Description = Description(),
            Elements = elements,
        };
    }

    private void DrawImage(int index, double x, double y, List<SceneElement> elements)
    {
        GridImage image = Images[index];
        string name = string.Create(CultureInfo.InvariantCulture, $"{nameof(Images)}[{index}].{nameof(GridImage.Pixels)}");
        ArgumentOutOfRangeException.ThrowIfLessThan(image.Rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(image.Columns, 1);
        PlotGuard.SameLength(image.Pixels.Count, image.Rows * image.Columns, name, "rows × columns");
        double scale = Size / Math.Max(image.Rows, image.Columns), width = scale * image.Columns, height = scale * image.Rows;
        double left = x + ((Size - width) / 2), upper = y + ((Size - height) / 2);
        string colour = image.IsMistake ? Palette.Vermilion : Palette.Muted;
        elements.Add(new ImageElement(left, upper, width, height, image.Rows, image.Columns, image.Pixels));
        double outset = image.IsMistake ? 2 : 0.5;
        elements.Add(new RectangleElement(left - outset, upper - outset, width + (2 * outset), height + (2 * outset))
        {
            Style = SceneStyle.Line(image.IsMistake ? colour : "#d0d7de", image.IsMistake ? 2.5 : 1),
        });
        double line = y + Size + 16;
        if (image.Predicted.Length > 0)
            elements.Add(Caption(image.Predicted, x, line, image.IsMistake ? colour : Palette.Text, image.IsMistake));
        if (image.IsMistake || (image.Predicted.Length == 0 && image.Actual.Length > 0))
            elements.Add(Caption("true " + image.Actual, x, image.IsMistake ? line + 14 : line, Palette.Text, bold: false));
    }

    private static TextElement Caption(string text, double x, double y, string colour, bool bold) =>
        new(x + (Size / 2), y, TextMeasure.Fit(text, Size + GapX - 4, CaptionSize, bold))
        {
            Size = CaptionSize,
            Anchor = TextAnchor.Middle,
            Bold = bold,
            Style = SceneStyle.Solid(colour),
        };

    private double CaptionHeight() =>
        Images.Any(image => image.IsMistake) ? 32 : Images.Any(image => image.Predicted.Length + image.Actual.Length > 0) ? 18 : 0;

    private string Description()
    {
        int known = Images.Count(image => image.Predicted.Length > 0 && image.Actual.Length > 0);
        return known == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Images.Count} images.")
            : string.Create(CultureInfo.InvariantCulture, $"{Images.Count} images, {Images.Count(image => image.IsMistake)} of {known} predicted wrongly (framed).");
    }
}
