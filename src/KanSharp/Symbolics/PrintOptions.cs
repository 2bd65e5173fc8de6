namespace KanSharp.Symbolics;

/// <summary>How numbers and variables of an expression are written.</summary>
public sealed record PrintOptions
{
    internal static PrintOptions Default { get; } = new();

    /// <summary>Significant digits of numbers that are not exact, 1 to 17; null (default) for as many as read back as the same number.</summary>
    public int? Digits { get; init; }

    /// <summary>Other names for variables, such as those of columns; a variable that is not among them keeps its name.</summary>
    public IReadOnlyDictionary<string, string>? Names { get; init; }
}
