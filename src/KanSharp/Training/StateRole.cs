namespace KanSharp.Training;

/// <summary>How a running array of an optimiser changes when coefficients are carried to another grid, d = A·c.</summary>
internal enum StateRole
{
    /// <summary>Steps and coefficients: A·s.</summary>
    Step,

    /// <summary>Gradients, their means and their changes: (A⁺)ᵀ·g.</summary>
    Gradient,

    /// <summary>Means of squared gradients; see <see cref="Bases.SplineTransfer.ApplySquares"/>.</summary>
    Square,
}
