namespace KanSharp.Plotting;

/// <summary>One fitted function in a <see cref="CandidateChart"/>.</summary>
public sealed record CandidateCurve
{
    /// <summary>The function, as "sin" or "1.2·sin(3.14·x)+0.1".</summary>
    public required string Label { get; init; }

    /// <summary>Its values at the places of the chart [points]; not finite: a gap.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>R² of the fit; NaN (default) writes none.</summary>
    public double R2 { get; init; } = double.NaN;

    /// <summary>Complexity of the function; null (default) writes none.</summary>
    public int? Complexity { get; init; }
}
