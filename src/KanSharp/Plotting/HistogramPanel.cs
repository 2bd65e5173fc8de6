namespace KanSharp.Plotting;

/// <summary>One small histogram of a <see cref="HistogramGrid"/>.</summary>
public sealed record HistogramPanel
{
    /// <summary>Name above it; empty (default) writes none.</summary>
    public string Name { get; init; } = "";

    /// <summary>The values [samples]; what is not finite is not counted, and the picture says how many.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Ends of the grid of the edges that take these values; null (default) marks none.</summary>
    public (double Low, double High)? Grid { get; init; }
}
