namespace KanSharp.Training;

/// <summary>How <see cref="NewtonKaczmarz"/> turns the residual of a record into a step.</summary>
public enum KaczmarzForm
{
    /// <summary>
    /// The projection onto the record's linearised equation: Δw = α·Jᵀ·(J·Jᵀ + λ)⁻¹·r with J the Jacobian of the record's outputs (arXiv 2305.08194; with λ &gt; 0
    /// the regularised Kaczmarz step). With α = 1 and λ = 0 the residual of the record vanishes to first order.
    /// </summary>
    Projection = 0,

    /// <summary>The projection for <see cref="NewtonKaczmarz.BlockSize"/> records at once: one system of (records × targets) equations, solved by Cholesky.</summary>
    Block = 1,

    /// <summary>
    /// Δw = α·c·Jᵀ·r with a constant c per layer, the product of the numbers of inputs of all later layers divided by that of the layer itself. This is the update
    /// of the published codes, which is written there for means over edges instead of sums.
    /// </summary>
    Constant = 2,
}
