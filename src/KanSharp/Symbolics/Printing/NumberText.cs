using System.Globalization;

namespace KanSharp.Symbolics.Printing;

/// <summary>Doubles as text.</summary>
internal static class NumberText
{
    /// <summary>The nearest double to the decimal number of so many significant digits.</summary>
    public static double Rounded(double value, int digits) => double.Parse(Scientific(value, digits), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>
    /// The shortest text that reads back as the number, or as the number rounded to significant digits: <c>0.25</c>, <c>1e-5</c>, <c>6.02e23</c>.
    /// </summary>
    public static string Of(double value, int? digits)
    {
        if (digits is < 1 or > 17)
            throw new ArgumentOutOfRangeException(nameof(digits), digits, "Significant digits are 1 to 17.");
        string text = (digits is int d ? Rounded(value, d) : value).ToString("R", CultureInfo.InvariantCulture);
        int mark = text.IndexOf('E', StringComparison.Ordinal);
        return mark < 0 ? text : $"{text[..mark]}e{int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}";
    }

    private static string Scientific(double value, int digits) =>
        value.ToString(string.Create(CultureInfo.InvariantCulture, $"E{digits - 1}"), CultureInfo.InvariantCulture);
}
