namespace KanSharp.Bases;

/// <summary>
/// The c-th B-spline plus the c-th Gaussian with one coefficient for both (BSRBF-KAN: Ta, arXiv 2406.11173). The Gaussians' centres lie evenly from Low to High and
/// are as far apart as they are wide; the B-splines have their peaks elsewhere, as published. Far outside all functions vanish.
/// </summary>
public sealed record SplineGaussianOptions : BasisOptions
{
    /// <summary>Number of grid intervals G, at least 1. Default 5.</summary>
    public int Intervals { get; init; } = 5;

    /// <summary>Degree k of the splines, 1 to 10. Default 3.</summary>
    public int Degree { get; init; } = 3;

    /// <summary>Lower end of the grid and first centre. Default −1.5.</summary>
    public double Low { get; init; } = -1.5;

    /// <summary>Upper end of the grid and last centre. Default 1.5.</summary>
    public double High { get; init; } = 1.5;

    /// <inheritdoc/>
    public override string Family => "spline-gaussian";

    /// <summary>Number of functions, G + k.</summary>
    public override int Count => Intervals + Degree;

    /// <inheritdoc/>
    public override (double Low, double High) Domain => (Low, High);

    /// <inheritdoc/>
    public override void Validate()
    {
        CheckNumber(nameof(Intervals), Intervals, 1);
        CheckNumber(nameof(Degree), Degree, 1, BSplineOptions.MaxDegree);
        CheckRange(Low, High);
    }
}
