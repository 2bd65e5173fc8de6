using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Training.LeastSquares;

/// <summary>Steps from the normal equations and a Cholesky factorisation: N·nnz² + P³/3 multiply-adds, 2·P² numbers.</summary>
internal sealed class CholeskyEquations : StepEquations
{
    private readonly NormalEquations _normal;
    private readonly Executor _executor;
    private readonly double[] _factor;

    /// <param name="layout">The unknowns.</param>
    /// <param name="firstRun">Runs from this one on are the unknowns; those before are constants.</param>
    /// <param name="executor">Threads and register width.</param>
    public CholeskyEquations(IReadOnlyList<JacobianRun> layout, int firstRun, Executor executor)
        : base(NormalEquations.CountUnknowns(layout, firstRun))
    {
        _executor = executor;
        _normal = new NormalEquations(layout, firstRun, executor);
        _factor = GC.AllocateUninitializedArray<double>(Unknowns * _normal.Leading);
    }

    /// <summary>JᵀJ and the matrices of penalties; the lower triangle counts.</summary>
    internal ReadOnlySpan<double> Matrix => _normal.Matrix;

    internal int Leading => _normal.Leading;

    public override double Collect(Func<Action<JacobianRows, double[]>, double> pass)
    {
        _normal.Clear();
        double loss = pass(_normal.Add);
        _normal.Gradient.CopyTo(Gradient, 0);
        for (int index = 0; index < Unknowns; index++)
            Diagonal[index] = _normal.Matrix[index * Leading + index];
        return loss;
    }

    public override bool TrySolve(ReadOnlySpan<double> damping, Span<double> step)
    {
        _normal.Matrix.CopyTo(_factor);
        for (int index = 0; index < Unknowns; index++)
        {
            _factor[index * Leading + index] += damping[index];
            step[index] = -Gradient[index];
        }

        if (!Cholesky.Factor<double>(_factor, Leading, Unknowns, _executor).Succeeded)
            return false;
        TriangularSolve.Lower(_factor, Leading, Unknowns, step, 1, 1, _executor);
        TriangularSolve.LowerTransposed(_factor, Leading, Unknowns, step, 1, 1, _executor);
        return true;
    }

    private protected override void AddMatrices(IReadOnlyList<BandedTerm> terms, ReadOnlySpan<double> ridge)
    {
        foreach (BandedTerm term in terms)
            term.AddTo(_normal.Matrix, Leading);
        for (int index = 0; index < ridge.Length; index++)
            _normal.Matrix[index * Leading + index] += ridge[index];
    }
}
