using System.Globalization;
using System.Text;

namespace KanSharp.Interchange.Source;

/// <summary>Numbers as text that reads back as the same number, and tables of them.</summary>
internal static class SourceNumbers
{
    private const int LineLength = 140;

    /// <summary>A literal of C, C# and Python; single precision has the suffix f.</summary>
    /// <exception cref="NotSupportedException">The number is not finite.</exception>
    public static string Literal(double value, bool single, bool suffix = true)
    {
        if (!double.IsFinite(value))
            throw new NotSupportedException($"A number of the model is {value.ToString(CultureInfo.InvariantCulture)}; source is written for finite numbers only.");
        string text = single ? ((float)value).ToString("R", CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture);
        if (single && !float.IsFinite((float)value))
            throw new NotSupportedException($"A number of the model is {text}, beyond single precision; write the source in double precision.");
        if (text.AsSpan().IndexOfAny(".E") < 0)
            text += ".0";
        return single && suffix ? text + "f" : text;
    }

    /// <summary>A whole number.</summary>
    public static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Items between commas, on lines of bounded length.</summary>
    public static IEnumerable<string> Wrap(IEnumerable<string> items)
    {
        var line = new StringBuilder();
        foreach (string item in items)
        {
            if (line.Length > 0 && line.Length + item.Length > LineLength)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(item).Append(',');
        }

        if (line.Length > 0)
            yield return line.ToString();
    }

    /// <summary>A text as a literal of C, C# and Python; what is not ASCII stays as it is.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char letter in text)
        {
            if (letter is '"' or '\\')
                quoted.Append('\\').Append(letter);
            else if (char.IsControl(letter))
                quoted.Append(' ');
            else
                quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A text that fits into a comment.</summary>
    public static string Comment(string text) =>
        new([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter).Select(letter => letter is '*' or '\\' or '<' or '>' or '&' ? '_' : letter)]);
}
