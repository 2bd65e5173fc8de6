using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>Numbers in captions and tables.</summary>
internal static class PlotNumber
{
    /// <summary>Up to <paramref name="digits"/> significant digits, "–" for NaN.</summary>
    public static string Short(double value, int digits = 4)
    {
        if (double.IsNaN(value))
            return "–";
        double size = Math.Abs(value);
        string format = size is 0 or (>= 1e-3 and < 1e6) ? "G" + digits.ToString(CultureInfo.InvariantCulture) : "0." + new string('#', digits - 1) + "e0";
        string text = value.ToString(format, CultureInfo.InvariantCulture);
        if (text.Contains('E', StringComparison.Ordinal))
            text = value.ToString("0", CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }

    /// <summary>R² with four decimals; where these would all be nines, what is missing to 1.</summary>
    public static string R2(double value)
    {
        if (double.IsNaN(value))
            return "–";
        double missing = 1 - value;
        return missing is > 0 and < 5e-4
            ? "1 − " + missing.ToString("0.#e0", CultureInfo.InvariantCulture).Replace('-', '−')
            : value.ToString(missing == 0 ? "0" : "0.0000", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    /// <summary>A share as a percentage.</summary>
    public static string Percent(double share) => share is > 0 and < 0.0005
        ? "< 0.1 %"
        : (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
