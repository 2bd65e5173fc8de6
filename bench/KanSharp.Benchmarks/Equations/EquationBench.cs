using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Equations.Domains;
using KanSharp.Equations.Problems;
using KanSharp.Tests.Equations.Truth;

namespace KanSharp.Benchmarks.Equations;

/// <summary>A built-in problem with the points at which its solutions are judged and the true values there.</summary>
internal sealed class EquationBench
{
    private readonly Tensor<double> _points;
    private readonly Tensor<double>? _truth;

    public EquationBench(BuiltInProblem problem)
    {
        Problem = problem;
        _points = Places(problem.Create().Domain, problem.Name);
        _truth = NumericalTruth.Of(problem)?.Invoke(_points);
    }

    public BuiltInProblem Problem { get; }

    /// <summary>The equations; measurements differ from seed to seed.</summary>
    public EquationProblem Create(int seed) => Problem.Name == "diffusion-inverse" ? InverseProblems.Diffusion((ulong)seed) with { Name = Problem.Name } : Problem.Create();

    /// <summary>Solves with a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="change">Changes of the options.</param>
    public (EquationResult Result, EquationSolution Solution) Run(int seed, Func<SolveOptions, SolveOptions> change)
    {
        EquationSolution solution = EquationSolver.Solve(Create(seed), change(Problem.Options) with { Seed = (ulong)seed });
        SolveReport report = solution.Report;
        var values = new Dictionary<string, double>
        {
            ["residual"] = report.Residual,
            ["max_residual"] = report.MaxResidual,
            ["error_estimate"] = report.ErrorEstimate ?? double.NaN,
            ["seconds"] = report.Seconds,
            ["parameters"] = report.Parameters,
            ["iterations"] = report.Iterations,
            ["points"] = report.Points,
        };
        if (_truth is not null)
            Compare(solution.Evaluate(_points).Span, _truth.Span, values);
        else if (Problem.Name == "cavity")
            CavityLines.Compare(solution, values);
        if (solution.Coefficients.TryGetValue("D", out double found))
            values["coefficient_error"] = Math.Abs(found / InverseProblems.Diffusivity - 1);
        return (new EquationResult(Problem.Name, seed, values), solution);
    }

    /// <summary>Errors of values against the true ones.</summary>
    public static void Compare(ReadOnlySpan<double> values, ReadOnlySpan<double> truth, Dictionary<string, double> measures)
    {
        double squares = 0, norm = 0, largest = 0;
        for (int index = 0; index < truth.Length; index++)
        {
            double error = values[index] - truth[index];
            (squares, norm, largest) = (squares + error * error, norm + truth[index] * truth[index], Math.Max(largest, Math.Abs(error)));
        }

        measures["relative_l2"] = Math.Sqrt(squares / norm);
        measures["max_error"] = largest;
        measures["mse"] = squares / truth.Length;
    }

    /// <summary>A mesh with both ends of every axis: 2001 points of a line, 51 × 51 of the Poisson problems as in the KAN paper, else 101 × 101; inside other domains a grid.</summary>
    private static Tensor<double> Places(Domain domain, string name)
    {
        if (domain is not (Box or TimeDomain { Space: Box }))
            return domain.Interior(10_000, PointSequence.Grid, 0);
        int dimension = domain.Dimension, count = dimension == 1 ? 2001 : name.StartsWith("poisson", StringComparison.Ordinal) ? 51 : 101;
        var points = new Tensor<double>(new Shape((int)Math.Pow(count, dimension), dimension));
        for (int row = 0; row < points.Shape.Rows; row++)
        {
            for (int axis = 0, rest = row; axis < dimension; axis++, rest /= count)
                points[row, axis] = domain.Bounds[axis].Low + (domain.Bounds[axis].High - domain.Bounds[axis].Low) * (rest % count) / (count - 1);
        }

        return points;
    }
}
