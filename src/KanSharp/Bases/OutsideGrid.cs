namespace KanSharp.Bases;

/// <summary>What a spline does where its input leaves the grid [low, high].</summary>
public enum OutsideGrid
{
    /// <summary>
    /// Continues along the tangent at the end of the grid (the default): value and first derivative stay continuous, higher derivatives are 0.
    /// </summary>
    Linear = 0,

    /// <summary>
    /// Every basis function keeps its own support and vanishes beyond it, k intervals outside the grid at the latest: what efficient-kan
    /// and pykan do, and what imports from them use. On the last extended knot all functions are 0 (half-open intervals).
    /// </summary>
    Zero = 1,
}
