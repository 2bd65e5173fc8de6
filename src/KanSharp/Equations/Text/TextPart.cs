namespace KanSharp.Equations.Text;

/// <summary>A piece of a text, which knows where it stands for messages.</summary>
/// <param name="Part">Which text.</param>
/// <param name="Whole">The whole text.</param>
/// <param name="Start">Where the piece begins.</param>
/// <param name="Text">The piece.</param>
internal sealed record TextPart(string Part, string Whole, int Start, string Text)
{
    public TextPart(string part, string whole)
        : this(part, whole, 0, whole)
    {
    }

    /// <summary>Whether there is nothing but white space.</summary>
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);

    /// <summary>A piece of the piece.</summary>
    public TextPart Slice(int start, int length) => this with { Start = Start + start, Text = Text.Substring(start, length) };

    /// <summary>Without white space at both ends.</summary>
    public TextPart Trim()
    {
        int lead = Text.Length - Text.TrimStart().Length;
        return Slice(lead, Text.Trim().Length);
    }

    /// <summary>The pieces between separators outside brackets, trimmed; blank ones stay.</summary>
    public List<TextPart> Split(char separator)
    {
        List<TextPart> pieces = [];
        int depth = 0, start = 0;
        for (int index = 0; index <= Text.Length; index++)
        {
            if (index == Text.Length || (Text[index] == separator && depth == 0))
            {
                pieces.Add(Slice(start, index - start).Trim());
                start = index + 1;
                continue;
            }

            depth = Text[index] switch { '(' => depth + 1, ')' => Math.Max(0, depth - 1), _ => depth };
        }

        return pieces;
    }

    /// <summary>The pieces between semicolons that are not blank.</summary>
    /// <exception cref="EquationFormatException">There is none.</exception>
    public List<TextPart> Statements(string expected)
    {
        List<TextPart> pieces = [.. Split(';').Where(piece => !piece.IsBlank)];
        return pieces.Count > 0 ? pieces : throw Error($"the text is empty; expected {expected}");
    }

    /// <summary>Left and right of the one equals sign outside brackets; the right side is null without one.</summary>
    /// <param name="meaning">What the piece is, for messages.</param>
    public (TextPart Left, TextPart? Right) Sides(string meaning)
    {
        List<TextPart> sides = Split('=');
        foreach (TextPart side in sides.Where(side => side.IsBlank))
            throw side.Error("an expression is missing beside the equals sign");
        return sides.Count switch
        {
            1 => (sides[0], null),
            2 => (sides[0], sides[1]),
            _ => throw sides[2].Error($"{meaning} has one equals sign, here is another one; semicolons stand between several", -1),
        };
    }

    public EquationFormatException Error(string problem, int position = 0, Exception? inner = null) =>
        new(Part, Whole, Math.Clamp(Start + position, 0, Math.Max(0, Whole.Length)), problem, inner);
}
