namespace KanSharp.Benchmarks.Science;

/// <summary>How a function is fitted where the command line does not say.</summary>
/// <param name="Widths">Nodes per level.</param>
/// <param name="Grids">Intervals, stage after stage.</param>
internal sealed record ToyDefaults(string Widths, string Grids)
{
    public int Train { get; init; } = 1000;

    public int Starts { get; init; } = 12;

    public int StartEpochs { get; init; } = 20;

    public int Survivors { get; init; } = 3;

    /// <summary>Grids from this one on count for the slope.</summary>
    public int SlopeFrom { get; init; } = 10;
}
