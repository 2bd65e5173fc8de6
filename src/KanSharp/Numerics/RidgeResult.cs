namespace KanSharp.Numerics;

/// <summary>How a ridge least-squares solve ended.</summary>
/// <param name="Factorization">
/// outcome of the Cholesky factorisation of the equilibrated normal equations; on failure its pivot tells the first unknown that the data and the
/// penalty do not determine
/// </param>
/// <param name="Penalty">μ, what was added to the diagonal of AᵀA: λ · trace(AᵀA) / n</param>
public readonly record struct RidgeResult(CholeskyOutcome Factorization, double Penalty)
{
    /// <summary>True when the solution was written.</summary>
    public bool Succeeded => Factorization.Succeeded;
}
