using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Training.LeastSquares;

/// <summary>
/// Steps from conjugate gradients on the damped normal equations, which are never formed: every iteration multiplies by J and by Jᵀ, 2·N·nnz
/// multiply-adds each. Truncated where the residual is small enough for a Newton step far from the solution (Steihaug, SIAM J. Numer. Anal. 20, 1983;
/// damping takes the place of his radius).
/// </summary>
internal sealed class ConjugateGradientEquations : StepEquations
{
    private const int MaxIterations = 200;
    private const double Tolerance = 1e-6;
    private readonly BandPreconditioner _preconditioner;
    private readonly RowStore _store;
    private readonly double[] _penaltyDiagonal;
    private readonly double[] _total;
    private readonly double[] _residual;
    private readonly double[] _preconditioned;
    private readonly double[] _direction;
    private readonly double[] _product;
    private readonly List<BandedTerm> _terms = [];

    /// <param name="runs">The runs of a row.</param>
    /// <param name="unknowns">P.</param>
    /// <param name="storeBytes">Most memory that rows of the Jacobian may take; beyond it they are computed anew in every iteration.</param>
    /// <param name="executor">Threads.</param>
    public ConjugateGradientEquations(IReadOnlyList<JacobianRun> runs, int unknowns, long storeBytes, Executor executor)
        : base(unknowns)
    {
        _preconditioner = new BandPreconditioner(runs, extra: 1);
        _store = new RowStore(unknowns, storeBytes, executor);
        _penaltyDiagonal = new double[unknowns];
        _total = new double[unknowns];
        _residual = new double[unknowns];
        _preconditioned = new double[unknowns];
        _direction = new double[unknowns];
        _product = new double[unknowns];
    }

    /// <summary>Iterations of the last solution.</summary>
    public int Iterations { get; private set; }

    public override double Collect(Func<Action<JacobianRows, double[]>, double> pass)
    {
        _preconditioner.Clear();
        Array.Clear(Gradient);
        Array.Clear(_penaltyDiagonal);
        _terms.Clear();
        double loss = _store.Fill(pass, (rows, residuals) =>
        {
            rows.AddTransposed(residuals, Gradient);
            _preconditioner.Add(rows);
        });
        _preconditioner.ReadDiagonal(Diagonal);
        return loss;
    }

    public override bool TrySolve(ReadOnlySpan<double> damping, Span<double> step)
    {
        for (int index = 0; index < Unknowns; index++)
            _total[index] = damping[index] + _penaltyDiagonal[index];
        if (!_preconditioner.Factor(_total))
            return false;
        step.Clear();
        for (int index = 0; index < Unknowns; index++)
            _residual[index] = -Gradient[index];
        _preconditioner.Solve(_residual, _preconditioned);
        _preconditioned.CopyTo(_direction, 0);
        double product = Vectors.Dot<double>(_residual, _preconditioned);
        double target = Tolerance * Tolerance * product;
        for (Iterations = 0; Iterations < MaxIterations && product > target; Iterations++)
        {
            Multiply(_total);
            double curvature = Vectors.Dot<double>(_direction, _product);
            if (!(curvature > 0))
                break;
            double length = product / curvature;
            Vectors.AddScaled(length, _direction, step);
            Vectors.AddScaled<double>(-length, _product, _residual);
            _preconditioner.Solve(_residual, _preconditioned);
            double next = Vectors.Dot<double>(_residual, _preconditioned);
            double factor = next / product;
            for (int index = 0; index < Unknowns; index++)
                _direction[index] = _preconditioned[index] + factor * _direction[index];
            product = next;
        }

        return double.IsFinite(product);
    }

    private protected override void AddMatrices(IReadOnlyList<BandedTerm> terms, ReadOnlySpan<double> ridge)
    {
        foreach (BandedTerm term in terms)
            _preconditioner.Add(term);
        _terms.AddRange(terms);
        for (int index = 0; index < ridge.Length; index++)
            _penaltyDiagonal[index] += ridge[index];
    }

    /// <summary>product = (JᵀJ + Q + diag)·direction.</summary>
    private void Multiply(double[] diagonal)
    {
        _store.Multiply(_direction, _product);
        foreach (BandedTerm term in _terms)
            term.AddProduct(_direction, _product);
        for (int index = 0; index < Unknowns; index++)
            _product[index] += diagonal[index] * _direction[index];
    }
}
