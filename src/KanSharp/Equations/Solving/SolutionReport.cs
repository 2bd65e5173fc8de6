using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Training;

namespace KanSharp.Equations.Solving;

/// <summary>Puts the result of a run together: residuals and errors at points that no training saw.</summary>
internal sealed class SolutionReport(
    EquationProblem problem, Construction construction, WindowedField field, IReadOnlyList<SolverModel> models, IReadOnlyList<Parameter<double>> coefficients, ErrorMeasure? errors, ulong seed)
{
    private const int Points = 4000;
    private const int SidePoints = 200;

    public EquationSolution Create(
        StopReason reason, SolveClock clock, long iterations, int points, double? estimate, IReadOnlyList<SolveStage> stages, IReadOnlyList<string> notes)
    {
        double seconds = clock.Seconds;
        var values = new Dictionary<string, double>();
        for (int index = 0; index < coefficients.Count; index++)
            values[problem.Coefficients[index].Name] = coefficients[index].Value[0];
        var solution = new SolutionField(field, () => [.. models.Select(model => model.ToNetwork())]);
        Tensor<double> fresh = Finished(problem.Domain.Interior(Points, PointSequence.Sobol, seed + 15485863));
        double sum = 0, largest = 0;
        foreach (Residual equation in problem.Equations)
        {
            double[] residuals = solution.Values(problem, equation, fresh, values);
            sum += residuals.Sum(value => value * value) / residuals.Length;
            largest = Math.Max(largest, residuals.Max(Math.Abs));
        }

        var conditions = new Dictionary<string, double>();
        foreach (Condition condition in construction.Soft)
            conditions[condition.ToString()] = Math.Max(conditions.GetValueOrDefault(condition.ToString()), Misfit(solution, condition, values));
        (double Relative, double Largest)? error = errors?.Measure(field);
        var report = new SolveReport(
            reason, seconds, iterations, models.Sum(model => model.Parameters), points, Math.Sqrt(sum / problem.Equations.Count), largest, conditions, construction.BuiltIn,
            error?.Relative, error?.Largest, estimate, stages, notes);
        return new EquationSolution(problem, solution, report, values);
    }

    /// <summary>The points up to the end of the last window.</summary>
    private Tensor<double> Finished(Tensor<double> points)
    {
        int time = TimeAxis.Of(problem.Domain);
        if (time < 0 || field.Windows[^1].End >= problem.Domain.Bounds[time].High)
            return points;
        int[] rows = [.. Enumerable.Range(0, points.Shape[0]).Where(row => points[row, time] <= field.Windows[^1].End)];
        return rows.Length == 0 ? points : AdaptivePoints.Rows(points, rows);
    }

    private double Misfit(SolutionField solution, Condition condition, IReadOnlyDictionary<string, double> values)
    {
        IEnumerable<double> misfits = condition.Points is { } given ? solution.Values(problem, condition.Residual!, given, values) : condition.Sides.SelectMany(OnSide);
        return Math.Sqrt(misfits.Average(value => value * value));

        double[] OnSide(Side side)
        {
            Tensor<double> points = side.Points(SidePoints, PointSequence.Sobol, seed + 5);
            return solution.Values(problem, condition.Residual!, points, values, side.Normals(points));
        }
    }
}
