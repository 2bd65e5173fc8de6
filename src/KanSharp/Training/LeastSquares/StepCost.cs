using KanSharp.Autodiff;

namespace KanSharp.Training.LeastSquares;

/// <summary>
/// What a step costs, in multiply-adds: N·R·nnz² + P³/3 for Cholesky, about ten times as fast per operation as the 4·N·R·nnz of each iteration of
/// conjugate gradients, which wait for memory. Cholesky is also taken for its exactness wherever its two matrices fit into 2 GiB and the step costs
/// no more than twice as much.
/// </summary>
internal static class StepCost
{
    /// <summary>Unknowns whose P × (P + 16) matrix still has an index for every element.</summary>
    public const int MostUnknowns = 46_300;

    private const double MatrixBytes = 2.0 * (1L << 30);
    private const double Iterations = 100;
    private const double SlowOperation = 10;
    private const double Preference = 2;

    /// <summary>Whether Cholesky is the choice.</summary>
    /// <param name="unknowns">P.</param>
    /// <param name="nonZeros">Entries of a row of the Jacobian.</param>
    /// <param name="rows">N·R.</param>
    public static bool PrefersCholesky(double unknowns, double nonZeros, double rows)
    {
        if (2 * sizeof(double) * unknowns * (unknowns + 2 * JacobianRows.Alignment) > MatrixBytes)
            return false;
        double direct = rows * nonZeros * nonZeros + unknowns * unknowns * unknowns / 3;
        double iterative = SlowOperation * Iterations * 4 * rows * nonZeros;
        return direct <= Preference * iterative;
    }
}
