namespace KanSharp.Plotting;

/// <summary>The title above a picture.</summary>
internal static class Headline
{
    public static TextElement At(double x, double y, string title, double room) =>
        new(x, y, TextMeasure.Fit(title, room, ChartLayout.TitleSize, bold: true))
        {
            Size = ChartLayout.TitleSize,
            Bold = true,
            Style = SceneStyle.Solid(Palette.Text),
        };
}
