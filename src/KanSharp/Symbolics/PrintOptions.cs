namespace KanSharp.Symbolics;

/// <summary>How numbers of an expression are written.</summary>
public sealed record PrintOptions
{
    internal static PrintOptions Default { get; } = new();

    /// <summary>Significant digits of numbers that are not exact, 1 to 17; null (default) for as many as read back as the same number.</summary>
    public int? Digits { get; init; }
}
