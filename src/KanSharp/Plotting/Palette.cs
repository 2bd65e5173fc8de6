namespace KanSharp.Plotting;

/// <summary>The colours of all pictures: the Okabe-Ito set, which stays apart for every common kind of colour blindness.</summary>
internal static class Palette
{
    public const string Background = "#ffffff";
    public const string Text = "#1f2328";
    public const string Muted = "#57606a";
    public const string Axis = "#3d444d";
    public const string Grid = "#e4e7eb";
    public const string Band = "#eaf2f8";
    public const string BandEdge = "#b6cfe0";
    public const string Bars = "#d3d9e0";
    public const string Blue = "#0072b2";
    public const string Vermilion = "#d55e00";
    public const string Green = "#009e73";
    public const string Purple = "#aa4499";
    public const string Sky = "#56b4e9";
    public const string Orange = "#e69f00";

    private static readonly string[] Cycle = [Blue, Vermilion, Green, Purple, Orange, Sky, Axis];

    public static string Series(int index) => Cycle[index % Cycle.Length];

    /// <summary>White to deep blue, for shares in [0, 1].</summary>
    public static string Share(double share)
    {
        double t = Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1);
        return Rgb(255 + (t * (8 - 255)), 255 + (t * (72 - 255)), 255 + (t * (138 - 255)));
    }

    public static string Grey(double darkness)
    {
        double level = 255 * (1 - darkness);
        return Rgb(level, level, level);
    }

    private static string Rgb(double red, double green, double blue) =>
        $"#{Channel(red):x2}{Channel(green):x2}{Channel(blue):x2}";

    private static int Channel(double value) => (int)Math.Round(value, MidpointRounding.AwayFromZero);
}
