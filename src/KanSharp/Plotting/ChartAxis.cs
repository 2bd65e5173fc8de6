namespace KanSharp.Plotting;

/// <summary>One axis of a <see cref="Chart"/>.</summary>
public sealed record ChartAxis
{
    /// <summary>What the axis shows, with its unit; empty (default) writes none.</summary>
    public string Label { get; init; } = "";

    /// <summary>Linear (default) or logarithmic.</summary>
    public AxisScale Scale { get; init; }

    /// <summary>Lower end; null (default) takes the first round number at or below the data.</summary>
    public double? Minimum { get; init; }

    /// <summary>Upper end; null (default) takes the first round number at or above the data.</summary>
    public double? Maximum { get; init; }

    /// <summary>Names of the positions 0, 1, 2, …, written instead of numbers; none by default. For the x axis of bars.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Whether only whole numbers are marked (counts, epochs).</summary>
    internal bool WholeNumbers { get; init; }
}
