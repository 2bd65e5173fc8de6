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

    /// <summary>
    /// As pykan does it: least squares of least norm at the samples alone, whatever their number, with splines that vanish outside their knots. Where there
    /// are few samples the function changes; constant inputs get no special treatment. For comparison with pykan.
    /// </summary>
    PykanSamples = 2,

    /// <summary>As pykan's mode <c>grid</c>: the same at 2G + 1 points, which are chosen like the knots of a grid twice as fine.</summary>
    PykanGrid = 3,
}
