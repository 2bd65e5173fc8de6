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

    private static readonly int[] ViridisStops = [0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725];

    public static string Series(int index) => Cycle[index % Cycle.Length];

    /// <summary>White to deep blue, for shares in [0, 1].</summary>
    public static string Share(double share)
    {
        double t = Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1);
        return Rgb(255 + (t * (8 - 255)), 255 + (t * (72 - 255)), 255 + (t * (138 - 255)));
    }

    /// <summary>Dark violet to yellow, for shares in [0, 1]; linear between ten colours of viridis.</summary>
    public static string Viridis(double share)
    {
        double place = Math.Clamp(share, 0, 1) * (ViridisStops.Length - 1);
        int stop = Math.Min((int)place, ViridisStops.Length - 2);
        double t = place - stop;
        int low = ViridisStops[stop], high = ViridisStops[stop + 1];
        return Rgb(Mixed(16), Mixed(8), Mixed(0));

        double Mixed(int shift) => ((low >> shift & 255) * (1 - t)) + ((high >> shift & 255) * t);
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
