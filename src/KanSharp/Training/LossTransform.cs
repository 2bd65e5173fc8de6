namespace KanSharp.Training;

/// <summary>
/// What a quasi-Newton method minimises instead of the loss f itself. Minimiser and direction of descent are the same, the curvature is not: near
/// a small loss the root or logarithm of a sum of squares is easier to follow (Urban, Stefanou and Pons, J. Comput. Phys. 523 (2025) 113656).
/// </summary>
public enum LossTransform
{
    /// <summary>f.</summary>
    None,

    /// <summary>√f. The loss must not be negative.</summary>
    SquareRoot,

    /// <summary>ln f. The loss must not be negative; at 0 the search ends.</summary>
    Logarithm,
}
