using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Equations.Domains;
using KanSharp.Interpretation;
using KanSharp.Symbolics;

namespace KanSharp.Equations;

/// <summary>From a solution to formulas: a search on samples of every unknown, and a check of the formulas by the equations.</summary>
public static class SolutionFormulas
{
    private const int Samples = 1000, CheckPoints = 1000;

    /// <summary>Looks for a formula for every unknown.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="options">How to search; the time limit is that of each unknown. The defaults if null.</param>
    /// <param name="progress">Receives reports, on the searching thread.</param>
    /// <param name="cancellation">Ends the search; the result is the best so far.</param>
    public static IReadOnlyList<SolutionFormula> Find(
        EquationSolution solution, DiscoveryOptions? options = null, IProgress<DiscoveryProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(solution);
        EquationProblem problem = solution.Problem;
        Tensor<double> points = problem.Domain.Interior(Samples, PointSequence.Sobol, 15485863);
        Tensor<double> values = solution.Evaluate(points);
        List<SolutionFormula> found = [];
        for (int field = 0; field < problem.Unknowns.Count; field++)
        {
            double[] column = SolutionMesh.Column(values, field);
            Dataset<double> data = Dataset.Regression(points.Span.ToArray(), problem.Domain.Dimension, column, 1, problem.Domain.Variables, [problem.Unknowns[field]]);
            DiscoveryResult result = FormulaDiscovery.Discover(data, options, progress, cancellation);
            double size = Math.Sqrt(column.Sum(value => value * value) / column.Length);
            found.Add(new SolutionFormula(problem.Unknowns[field], result.Pick.Formula, result.Rmse, size > 0 ? result.Rmse / size : result.Rmse, result));
        }

        return found;
    }

    /// <summary>What the equations leave when formulas stand for the unknowns: the root mean square at points of the domain.</summary>
    /// <param name="solution">The solution, whose coefficients are taken.</param>
    /// <param name="formulas">One for each unknown.</param>
    /// <returns>The residual of all equations together; null where an equation is code.</returns>
    public static double? Residual(EquationSolution solution, IReadOnlyList<SolutionFormula> formulas)
    {
        ArgumentNullException.ThrowIfNull(solution);
        ArgumentNullException.ThrowIfNull(formulas);
        EquationProblem problem = solution.Problem;
        Tensor<double> points = problem.Domain.Interior(CheckPoints, PointSequence.Sobol, 3);
        double squares = 0;
        foreach (Residual equation in problem.Equations)
        {
            if (equation.Expression is not { } expression)
                return null;
            var meanings = new Dictionary<string, Expression>();
            foreach (string name in expression.Variables.Where(name => problem.Names.Axis(name) < 0))
            {
                meanings[name] = problem.Names.Coefficient(name) >= 0
                    ? Expression.Number(solution.Coefficients[name])
                    : Differentiated(problem, name, formulas);
            }

            double[] left = expression.Substitute(meanings).Compile(problem.Domain.Variables).Evaluate(points.Span);
            squares += left.Sum(value => value * value) / left.Length;
        }

        return Math.Sqrt(squares / Math.Max(1, problem.Equations.Count));
    }

    private static Expression Differentiated(EquationProblem problem, string name, IReadOnlyList<SolutionFormula> formulas)
    {
        problem.Names.TryDerivative(name, out FieldDerivative derivative);
        Expression formula = formulas.First(one => one.Unknown == problem.Unknowns[derivative.Field]).Formula;
        for (int index = 0; index < derivative.Partial.Order; index++)
            formula = formula.Differentiate(problem.Domain.Variables[derivative.Partial[index]]);
        return formula;
    }
}
