namespace KanSharp.Symbolics;

/// <summary>Bounds of <see cref="Expression.Simplify"/>.</summary>
public sealed record SimplificationOptions
{
    internal static SimplificationOptions Default { get; } = new();

    /// <summary>Most passes over the expression, 1 or more, default 30. As a rule three are enough.</summary>
    public int MaximumPasses { get; init; } = 30;

    /// <summary>Expressions with more nodes are returned as they are; 1 or more, default 5,000.</summary>
    public int MaximumNodes { get; init; } = 5_000;
}
