namespace KanSharp.Bases;

/// <summary>Where the knots of a refined grid go.</summary>
public enum KnotPlacement
{
    /// <summary>
    /// All old knots stay and the widest cells are split into equal parts (the default): always exact. From equal cells to a multiple of their number the
    /// result is uniform; else cells differ by the ratio of two whole numbers, at most 2 when the grid at least doubles.
    /// </summary>
    Nested = 0,

    /// <summary>Equally spaced. Exact if the new number of cells is a multiple of the old one and the old cells are equal, else projected.</summary>
    Uniform = 1,

    /// <summary>Equally many samples in every cell, mixed with equally spaced knots by the uniform share. Projected.</summary>
    Quantiles = 2,

    /// <summary>
    /// Cells are narrow where the fitted functions need it: ∫|φ^(k+1)|^(1/(k+1)) is the same in every cell, with the derivative of order k + 1
    /// estimated from the jumps of the k-th (de Boor, "A Practical Guide to Splines", ch. XII, NEWNOT), mixed with the uniform share. Projected.
    /// </summary>
    Curvature = 3,
}
