using System.Text;

namespace KanSharp.Plotting;

/// <summary>Writes cells: one path for each of 32 grey levels or 64 colours, neighbouring cells of a row joined.</summary>
internal static class SvgImage
{
    private const int GreyLevels = 32, ColourLevels = 64;

    public static void Append(StringBuilder text, ImageElement image)
    {
        text.Append("<g transform=\"translate(").Append(SvgText.Number(image.X)).Append(' ').Append(SvgText.Number(image.Y))
            .Append(") scale(").Append(Scale(image.Width, image.Columns)).Append(' ').Append(Scale(image.Height, image.Rows))
            .Append(")\" shape-rendering=\"crispEdges\">\n");
        // white is the background of grey pictures
        bool grey = image.Ramp == ColourRamp.Grey;
        int levels = grey ? GreyLevels : ColourLevels;
        for (int level = grey ? 1 : 0; level < levels; level++)
            AppendLevel(text, image, level, levels);
        text.Append("</g>\n");
    }

    // a scale multiplies up to the number of cells, so it needs more digits than a coordinate
    private static string Scale(double size, int cells) =>
        SvgText.Number(size) == "0" || cells == 0
            ? "0"
            : Math.Round(size / cells, 5, MidpointRounding.AwayFromZero).ToString("0.#####", System.Globalization.CultureInfo.InvariantCulture);

    private static void AppendLevel(StringBuilder text, ImageElement image, int level, int levels)
    {
        bool opened = false;
        for (int row = 0; row < image.Rows; row++)
        {
            for (int column = 0; column < image.Columns; column++)
            {
                if (LevelOf(image, row, column, levels) != level)
                    continue;
                int end = column + 1;
                while (end < image.Columns && LevelOf(image, row, end, levels) == level)
                    end++;
                if (!opened)
                    text.Append("<path fill=\"").Append(Colour(image.Ramp, level / (levels - 1.0))).Append("\" d=\"");
                opened = true;
                text.Append('M').Append(column).Append(' ').Append(row).Append('h').Append(end - column).Append("v1h-")
                    .Append(end - column).Append('z');
                column = end - 1;
            }
        }

        if (opened)
            text.Append("\"/>\n");
    }

    private static string Colour(ColourRamp ramp, double share) => ramp == ColourRamp.Grey ? Palette.Grey(share) : Palette.Viridis(share);

    private static int LevelOf(ImageElement image, int row, int column, int levels)
    {
        double value = image.Values[(row * image.Columns) + column];
        return double.IsNaN(value) ? -1 : (int)Math.Round(Math.Clamp(value, 0, 1) * (levels - 1), MidpointRounding.AwayFromZero);
    }
}
