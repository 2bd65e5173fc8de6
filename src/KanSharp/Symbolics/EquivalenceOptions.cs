namespace KanSharp.Symbolics;

/// <summary>How <see cref="ExpressionEquivalence"/> compares.</summary>
public sealed record EquivalenceOptions
{
    internal static EquivalenceOptions Default { get; } = new();

    /// <summary>Up to what; default <see cref="EquivalenceKind.Exact"/>.</summary>
    public EquivalenceKind Kind { get; init; }

    /// <summary>Largest difference relative to the value, or to the median size of values where that is larger; default 1e-9.</summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>Points drawn uniformly from the ranges, 10 or more; default 1,000.</summary>
    public int Points { get; init; } = 1_000;

    /// <summary>Seed of the points; default 0.</summary>
    public ulong Seed { get; init; }
}
