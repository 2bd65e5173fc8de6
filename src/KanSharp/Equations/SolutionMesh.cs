using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Equations.Domains;

namespace KanSharp.Equations;

/// <summary>A solution on a mesh: a grid over the bounding box with its ends, of which the points of the domain are kept.</summary>
public static class SolutionMesh
{
    private static readonly int[] Usual = [401, 101, 25, 11, 7];

    /// <summary>The mesh.</summary>
    /// <param name="domain">The domain; up to 5 variables.</param>
    /// <param name="perAxis">Points on every axis, at least 2; null (default) for 401 with one variable, 101 with two, fewer with more.</param>
    /// <returns>[N, d].</returns>
    /// <exception cref="ArgumentException">Too many variables or too few points.</exception>
    public static Tensor<double> Points(Domain domain, int? perAxis = null)
    {
        ArgumentNullException.ThrowIfNull(domain);
        int dimension = domain.Dimension;
        if (dimension > Usual.Length)
            throw new ArgumentException($"A mesh has up to {Usual.Length} variables; the domain has {dimension}.", nameof(domain));
        int line = perAxis ?? Usual[dimension - 1];
        if (line < 2)
            throw new ArgumentException($"A mesh has at least 2 points on every axis, not {line}.", nameof(perAxis));
        var points = new List<double>();
        var point = new double[dimension];
        for (int index = 0, count = (int)Math.Pow(line, dimension); index < count; index++)
        {
            for (int axis = dimension - 1, rest = index; axis >= 0; axis--, rest /= line)
                point[axis] = At(domain.Bounds[axis], rest % line, line);
            if (domain.Contains(point, 1e-9))
                points.AddRange(point);
        }

        return new Tensor<double>(new Shape(points.Count / dimension, dimension), [.. points]);
    }

    /// <summary>Variables, unknowns, what the equations leave, and errors where the solution is known.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="truth">From points [N, d] to the unknowns [N, unknowns], NaN where one is not known; null for <see cref="EquationProblem.Reference"/>.</param>
    /// <param name="perAxis">Points on every axis.</param>
    public static Table Table(EquationSolution solution, Func<Tensor<double>, Tensor<double>>? truth = null, int? perAxis = null)
    {
        ArgumentNullException.ThrowIfNull(solution);
        EquationProblem problem = solution.Problem;
        Tensor<double> points = Points(problem.Domain, perAxis);
        Tensor<double> values = solution.Evaluate(points);
        Tensor<double>? exact = (truth ?? KnownSolution.Of(problem))?.Invoke(points);
        List<TableColumn> columns = [.. problem.Domain.Variables.Select((name, axis) => new TableColumn(name, Column(points, axis)))];
        columns.AddRange(problem.Unknowns.Select((name, field) => new TableColumn(name, Column(values, field))));
        for (int equation = 0; equation < problem.Equations.Count; equation++)
            columns.Add(new TableColumn(problem.Equations.Count == 1 ? "residual" : $"residual_{equation + 1}", [.. solution.Residual(points, equation).Select(Finite)]));
        for (int field = 0; field < problem.Unknowns.Count && exact is not null; field++)
        {
            double[] known = Column(exact, field);
            if (known.All(double.IsNaN))
                continue;
            columns.Add(new TableColumn($"exact_{problem.Unknowns[field]}", known));
            columns.Add(new TableColumn($"error_{problem.Unknowns[field]}", [.. Column(values, field).Zip(known, (own, other) => own - other)]));
        }

        return new Table(columns);
    }

    internal static double[] Column(Tensor<double> values, int column)
    {
        var own = new double[values.Shape[0]];
        for (int row = 0; row < own.Length; row++)
            own[row] = values[row, column];
        return own;
    }

    /// <summary>A coordinate of a grid with both ends.</summary>
    internal static double At((double Low, double High) range, int index, int count) =>
        index == count - 1 ? range.High : range.Low + (range.High - range.Low) * index / (count - 1);

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;
}
