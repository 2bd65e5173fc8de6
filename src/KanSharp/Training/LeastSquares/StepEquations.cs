using KanSharp.Autodiff;

namespace KanSharp.Training.LeastSquares;

/// <summary>
/// The equations of a damped Gauss-Newton step, (JᵀJ + Q + diag(d))·p = −(Jᵀr + q): collected from rows of the Jacobian and quadratic penalties Q,
/// solved for one damping d after the other.
/// </summary>
internal abstract class StepEquations(int unknowns)
{
    /// <summary>P.</summary>
    public int Unknowns { get; } = unknowns;

    /// <summary>Half the gradient of loss and penalties, Jᵀr + q.</summary>
    public double[] Gradient { get; } = new double[unknowns];

    /// <summary>Diagonal of JᵀJ, without penalties.</summary>
    public double[] Diagonal { get; } = new double[unknowns];

    /// <summary>Collects JᵀJ and Jᵀr at the present parameters.</summary>
    /// <param name="pass">Goes through all rows and returns the loss.</param>
    /// <returns>The loss.</returns>
    public abstract double Collect(Func<Action<JacobianRows, double[]>, double> pass);

    /// <summary>Adds penalties: their matrices to the equations, their gradients at <paramref name="unknowns"/> to <see cref="Gradient"/>.</summary>
    /// <param name="terms">Penalties on coefficients.</param>
    /// <param name="ridge">Weight of the squares of all unknowns.</param>
    /// <param name="unknowns">The present unknowns.</param>
    public void AddPenalties(IReadOnlyList<BandedTerm> terms, ReadOnlySpan<double> ridge, ReadOnlySpan<double> unknowns)
    {
        foreach (BandedTerm term in terms)
            term.AddProduct(unknowns, Gradient);
        for (int index = 0; index < ridge.Length; index++)
            Gradient[index] += ridge[index] * unknowns[index];
        AddMatrices(terms, ridge);
    }

    /// <summary>Adds curvature of penalties whose gradients are already in <see cref="Gradient"/>.</summary>
    /// <param name="terms">All quadratic forms, those of <see cref="AddPenalties"/> not among them.</param>
    /// <param name="diagonal">Curvature of single unknowns.</param>
    public void AddCurvature(IReadOnlyList<BandedTerm> terms, ReadOnlySpan<double> diagonal) => AddMatrices(terms, diagonal);

    /// <summary>Solves for a step.</summary>
    /// <param name="damping">d, one number per unknown.</param>
    /// <param name="step">Receives p.</param>
    /// <returns>False where the matrix is not positive definite in floating point: damp more.</returns>
    public abstract bool TrySolve(ReadOnlySpan<double> damping, Span<double> step);

    private protected abstract void AddMatrices(IReadOnlyList<BandedTerm> terms, ReadOnlySpan<double> ridge);
}
