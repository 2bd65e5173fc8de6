namespace KanSharp.Layers;

/// <summary>How coefficients are found after a grid update has moved the knots.</summary>
public enum GridRefit
{
    /// <summary>Least squares at the samples, with a small weight on points of the new grid (the default).</summary>
    Samples = 0,

    /// <summary>
    /// Least squares over the whole new grid with exact quadrature (<see cref="Bases.SplineTransfer"/>): independent of where samples are, and the same
    /// function where the new knots hold all old ones.
    /// </summary>
    Projection = 1,
}
