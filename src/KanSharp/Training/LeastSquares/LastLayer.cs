using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Training.LeastSquares;

/// <summary>
/// Solves for the unknowns of the last layer, on which the residuals depend linearly, with all others held: the inner problem of variable projection.
/// </summary>
internal sealed class LastLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Damping = 1e-13;
    private readonly LeastSquaresProblem<T> _problem;
    private readonly CholeskyEquations _equations;
    private readonly double[] _damping;
    private readonly double[] _step;

    public LastLayer(LeastSquaresProblem<T> problem, Executor executor)
    {
        _problem = problem;
        int firstRun = problem.Layout.LastRun;
        First = problem.Layout.Runs[firstRun].Region;
        _equations = new CholeskyEquations(problem.Layout.Runs, firstRun, executor);
        _damping = new double[_equations.Unknowns];
        _step = new double[_equations.Unknowns];
    }

    /// <summary>First unknown of the last layer.</summary>
    public int First { get; }

    /// <summary>Replaces the unknowns of the last layer by the solution for the others.</summary>
    /// <param name="terms">Quadratic penalties.</param>
    /// <param name="ridge">Ridge weights; empty for none.</param>
    /// <param name="unknowns">All unknowns, as the parameters hold them.</param>
    public void Solve(IReadOnlyList<BandedTerm> terms, ReadOnlySpan<double> ridge, Span<double> unknowns)
    {
        _equations.Collect(_problem.LinearizeLast);
        BandedTerm[] own = [.. terms.Where(term => term.Offset >= First).Select(term => term.Shift(-First))];
        _equations.AddPenalties(own, ridge.IsEmpty ? ridge : ridge[First..], unknowns[First..]);
        double largest = 0;
        foreach (double value in _equations.Diagonal)
            largest = Math.Max(largest, value);
        for (double damping = Damping; damping < 1; damping *= 100)
        {
            Array.Fill(_damping, damping * largest);
            if (!_equations.TrySolve(_damping, _step))
                continue;
            Span<double> target = unknowns[First..];
            for (int index = 0; index < _step.Length; index++)
                target[index] += _step[index];
            return;
        }
    }
}
