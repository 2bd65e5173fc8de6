namespace KanSharp.Symbolics;

/// <summary>A text that is not an expression. The message says where, what stands there and what was expected.</summary>
public sealed class ExpressionFormatException : FormatException
{
    internal ExpressionFormatException(string problem, int position)
        : base($"position {position + 1}: {problem}") => Position = position;

    /// <summary>Index of the offending character in the text, from 0; the length of the text for a premature end.</summary>
    public int Position { get; }
}
