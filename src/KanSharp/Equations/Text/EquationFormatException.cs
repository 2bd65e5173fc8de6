namespace KanSharp.Equations.Text;

/// <summary>A text of a problem that can not be read. The message says which text, where, what stands there and what was expected.</summary>
public sealed class EquationFormatException : FormatException
{
    internal EquationFormatException(string part, string text, int position, string problem, Exception? inner = null)
        : base(text.Length == 0 ? problem : $"{part} '{text}'{(position < 0 ? "" : $", position {position + 1}")}: {problem}", inner) =>
        (Part, Text, Position, Problem) = (part, text, position, problem);

    /// <summary>Which text: <c>equations</c>, <c>domain</c>, <c>boundary</c>, <c>initial</c>, <c>reference</c>, <c>coefficients</c> or <c>unknowns</c>.</summary>
    public string Part { get; }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>Index of the offending character in the text, from 0; −1 where it is not known.</summary>
    public int Position { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }
}
