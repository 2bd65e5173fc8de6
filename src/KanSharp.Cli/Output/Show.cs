using System.Globalization;

namespace KanSharp.Cli.Output;

/// <summary>Numbers as people read them, the same in every culture.</summary>
internal static class Show
{
    /// <summary>Four significant digits.</summary>
    public static string Value(double value) => double.IsFinite(value)
        ? Math.Abs(value) is > 0 and (< 1e-3 or >= 1e6) ? value.ToString("0.###e0", CultureInfo.InvariantCulture) : value.ToString(Digits(value), CultureInfo.InvariantCulture)
        : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A share of 1, or a number about as large: four decimals.</summary>
    public static string Share(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture).Replace("-0.0000", "0.0000");

    public static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Time(double seconds) => seconds switch
    {
        < 10 => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        < 120 => seconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        < 7200 => (seconds / 60).ToString("0.0", CultureInfo.InvariantCulture) + " min",
        _ => (seconds / 3600).ToString("0.0", CultureInfo.InvariantCulture) + " h",
    };

    private static string Digits(double value) => Math.Abs(value) switch
    {
        >= 1000 => "0",
        >= 100 => "0.0",
        >= 10 => "0.00",
        >= 1 => "0.000",
        0 => "0",
        _ => "0.0000",
    };
}
