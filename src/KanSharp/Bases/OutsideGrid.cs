namespace KanSharp.Bases;

/// <summary>What a spline does where its input leaves the grid [low, high]. An input that is NaN gives NaN in either case.</summary>
public enum OutsideGrid
{
    /// <summary>
    /// Continues along the tangent at the end of the grid (the default): value and first derivative stay continuous, higher derivatives are 0.
    /// The grid holds both its ends: all derivatives there are those within.
    /// An infinite input gives a value that is not finite.
    /// </summary>
    Linear = 0,

    /// <summary>
    /// Every basis function keeps its own support and vanishes beyond it, k intervals outside the grid at the latest: what efficient-kan
    /// and pykan do, and what imports from them use. On the last extended knot all functions are 0 (half-open intervals).
    /// An infinite input gives 0.
    /// </summary>
    Zero = 1,
}
