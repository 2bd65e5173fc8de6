namespace KanSharp.Plotting;

/// <summary>
/// Estimated width of a text. The reader's font is unknown, so the estimate follows the widest face of the font list (DejaVu Sans):
/// what fits by this measure fits in Helvetica and Arial too.
/// </summary>
internal static class TextMeasure
{
    public static double Width(string text, double size, bool bold = false)
    {
        double width = 0;
        foreach (char c in text)
            width += Advance(c);
        return width * size * (bold ? 1.1 : 1);
    }

    /// <summary>The text, shortened with an ellipsis until it is at most <paramref name="width"/> pixels wide.</summary>
    public static string Fit(string text, double width, double size, bool bold = false)
    {
        if (Width(text, size, bold) <= width)
            return text;
        int length = text.Length;
        while (length > 1 && Width(text[..length], size, bold) + (0.9 * size) > width)
            length--;
        if (char.IsHighSurrogate(text[length - 1]) && length > 1)
            length--;
        return text[..length].TrimEnd() + "…";
    }

    /// <summary>
    /// The text in at most <paramref name="lines"/> lines of the width, broken behind a space or a sign of a formula where there is one in the
    /// second half of a line; what is left over is cut with an ellipsis.
    /// </summary>
    public static List<string> Wrap(string text, double width, double size, int lines)
    {
        var parts = new List<string>();
        while (parts.Count + 1 < lines && Width(text, size) > width)
        {
            int most = 1;
            while (most < text.Length && Width(text[..(most + 1)], size) <= width)
                most++;
            int at = text.AsSpan(0, most).LastIndexOfAny(" +-*/,;)·") + 1;
            at = at > most / 2 ? at : char.IsHighSurrogate(text[most - 1]) && most > 1 ? most - 1 : most;
            parts.Add(text[..at].TrimEnd());
            text = text[at..].TrimStart();
        }

        if (text.Length > 0 || parts.Count == 0)
            parts.Add(Fit(text, width, size));
        return parts;
    }

    /// <summary>Width of a character in sizes of the font.</summary>
    internal static double Advance(char c) => c switch
    {
        'i' or 'j' or 'l' or '\'' or '|' or 'I' => 0.3,
        ' ' or '.' or ',' or ':' or ';' or '!' => 0.33,
        'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' or '/' => 0.41,
        'm' or 'w' or 'M' or 'W' or '%' or '@' or '…' => 0.97,
        >= 'A' and <= 'Z' => 0.7,
        >= '0' and <= '9' => 0.64,
        '−' or '+' or '=' or '<' or '>' or '×' or '±' => 0.84,
        < '\u2E80' => 0.61,
        _ => 1,
    };
}
