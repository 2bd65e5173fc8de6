namespace KanSharp.Bases;

/// <summary>The B-spline basis of a layer: G intervals of degree k give G + k coefficients per edge.</summary>
public sealed record BSplineOptions : BasisOptions
{
    /// <summary>The highest degree supported.</summary>
    public const int MaxDegree = 10;

    /// <summary>Number of grid intervals G, at least 1. Default 5. (pykan: <c>grid</c>, efficient-kan: <c>grid_size</c>.)</summary>
    public int Intervals { get; init; } = 5;

    /// <summary>Polynomial degree k, 1 to 10. Default 3, cubic. (pykan: <c>k</c>, efficient-kan: <c>spline_order</c>.)</summary>
    public int Degree { get; init; } = 3;

    /// <summary>Lower end of the initial grid. Default −1.</summary>
    public double Low { get; init; } = -1;

    /// <summary>Upper end of the initial grid. Default 1.</summary>
    public double High { get; init; } = 1;

    /// <summary>Behaviour outside the grid. Default <see cref="OutsideGrid.Linear"/>.</summary>
    public OutsideGrid Outside { get; init; } = OutsideGrid.Linear;

    /// <inheritdoc/>
    public override string Family => "b-spline";

    /// <summary>Number of basis functions, G + k.</summary>
    public override int Count => Intervals + Degree;

    /// <inheritdoc/>
    public override (double Low, double High) Domain => (Low, High);

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Intervals < 1)
            throw new ArgumentException($"Intervals is {Intervals}; a grid has at least 1 interval.");
        if (Degree is < 1 or > MaxDegree)
            throw new ArgumentException($"Degree is {Degree}; allowed are 1 (piecewise linear) to {MaxDegree}; 3 is usual.");
        if (!double.IsFinite(Low) || !double.IsFinite(High) || !(Low < High))
            throw new ArgumentException($"The grid runs from {Low} to {High}; Low must be below High, both finite.");
        if (!Enum.IsDefined(Outside))
            throw new ArgumentException($"Outside is {Outside}; allowed are {nameof(OutsideGrid.Linear)} and {nameof(OutsideGrid.Zero)}.");
    }
}
