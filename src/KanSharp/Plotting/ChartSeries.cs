namespace KanSharp.Plotting;

/// <summary>One row of points in a <see cref="Chart"/>.</summary>
public sealed record ChartSeries
{
    /// <summary>Name in the legend; empty (default) leaves it out.</summary>
    public string Name { get; init; } = "";

    /// <summary>Line (default), scatter or bar.</summary>
    public SeriesKind Kind { get; init; }

    /// <summary>Positions [points].</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>Values [points]; NaN and infinities are not drawn.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>Colour <c>#rrggbb</c>; null (default) takes the next of the palette.</summary>
    public string? Colour { get; init; }

    /// <summary>Pattern of a line; default solid.</summary>
    public LineDash Dash { get; init; }

    /// <summary>Width of a line in pixels; default 1.8.</summary>
    public double Width { get; init; } = 1.8;
}
