using System.Globalization;
using System.Text;

namespace KanSharp.Plotting;

/// <summary>Numbers and characters as XML allows them.</summary>
internal static class SvgText
{
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentException($"coordinate: {value} cannot be drawn; allowed are finite numbers.", nameof(value));
        double rounded = Math.Round(value, 2, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("0.##", CultureInfo.InvariantCulture);
    }

    /// <summary>Escapes markup and replaces what XML 1.0 forbids (controls, lone surrogates) by U+FFFD.</summary>
    public static string Escape(string text)
    {
        StringBuilder? built = null;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool pair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            string? replacement = pair ? null : Replacement(c);
            if (replacement is not null)
                built ??= new StringBuilder(text, 0, i, text.Length + 16);
            if (replacement is null)
                built?.Append(c);
            else
                built?.Append(replacement);
            if (pair)
            {
                i++;
                built?.Append(text[i]);
            }
        }

        return built?.ToString() ?? text;
    }

    private static string? Replacement(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        '\t' or '\n' or '\r' => " ",
        < ' ' or '\uFFFE' or '\uFFFF' => "\uFFFD",
        _ when char.IsSurrogate(c) => "\uFFFD",
        _ => null,
    };
}
