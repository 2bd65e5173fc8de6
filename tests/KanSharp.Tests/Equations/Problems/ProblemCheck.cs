using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Equations.Problems;

/// <summary>Puts the known solution of a problem into its equations and conditions; its derivatives are taken symbolically.</summary>
internal sealed class ProblemCheck(EquationProblem problem, IReadOnlyDictionary<string, double> coefficients)
{
    private readonly Dictionary<string, Expression> _derivatives = [];

    /// <summary>Largest residual of the equations at points, of the root mean square of the values that they combine.</summary>
    public double Equations(Tensor<double> points) => problem.Equations.Max(residual => Error(residual, points, null));

    /// <summary>Largest residual of a condition, likewise.</summary>
    public double Condition(Condition condition)
    {
        if (condition.Points is { } points)
            return Error(condition.Residual!, points, null);
        if (!condition.IsPeriodic)
            return condition.Sides.Max(side => Error(condition.Residual!, side.Points(100, PointSequence.Sobol, 3), side));
        Side one = condition.Sides[0];
        Tensor<double> here = one.Points(100, PointSequence.Sobol, 3), there = one.ToOpposite(here);
        return problem.Unknowns.Max(unknown => Values(unknown, here, null).Zip(Values(unknown, there, null), (a, b) => Math.Abs(a - b)).Max());
    }

    private double Error(Residual residual, Tensor<double> points, Side? side)
    {
        Expression expression = residual.Expression ?? throw new ArgumentException($"The residual '{residual}' is code.", nameof(residual));
        string[] names = [.. expression.Variables];
        double[][] columns = [.. names.Select(name => Values(name, points, side))];
        double largest = 0, squares = 1;
        var row = new double[names.Length];
        for (int point = 0; point < points.Shape.Rows; point++)
        {
            for (int index = 0; index < names.Length; index++)
                row[index] = columns[index][point];
            largest = Math.Max(largest, Math.Abs(expression.Compile(names).Evaluate(row)[0]));
            squares += row.Sum(value => value * value) / points.Shape.Rows;
        }

        return largest / Math.Sqrt(squares);
    }

    private double[] Values(string name, Tensor<double> points, Side? side)
    {
        int rows = points.Shape.Rows;
        if (coefficients.TryGetValue(name, out double coefficient))
            return [.. Enumerable.Repeat(coefficient, rows)];
        if (problem.Names.NormalAxis(name) is >= 0 and var axis)
        {
            var normal = new double[points.Shape.Last];
            return [.. Enumerable.Range(0, rows).Select(row =>
            {
                side!.Normal(points.Row(row), normal);
                return normal[axis];
            })];
        }

        if (!_derivatives.TryGetValue(name, out Expression? function))
            _derivatives[name] = function = Function(name);
        return function.Compile(problem.Domain.Variables).Evaluate(points.Span);
    }

    private Expression Function(string name)
    {
        if (problem.Names.Axis(name) >= 0)
            return Expression.Variable(name);
        Assert.True(problem.Names.TryDerivative(name, out FieldDerivative derivative), $"'{name}' means nothing in {problem.Name}.");
        Expression function = problem.Reference[problem.Unknowns[derivative.Field]];
        for (int index = 0; index < derivative.Partial.Order; index++)
            function = function.Differentiate(problem.Domain.Variables[derivative.Partial[index]]);
        return function;
    }
}
