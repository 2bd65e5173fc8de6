using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Checks;

/// <summary>Functions of the variables in equations and conditions that are not finite somewhere: 1/x on an interval that holds 0, sqrt(x) of negative numbers.</summary>
internal static class SingularIssues
{
    private const int MostDimensions = 5, Bisections = 60, SidePoints = 200;

    public static IEnumerable<ProblemIssue> Find(ProblemFacts facts)
    {
        Domain domain = facts.Domain;
        if (domain.Dimension <= MostDimensions)
        {
            (Tensor<double> points, bool[] inside, int line) = Places.Grid(domain);
            foreach ((Residual equation, _) in facts.Equations)
            {
                foreach (Expression given in Given(equation.Expression, facts.Problem.Names).Distinct())
                {
                    if (Where(given, domain, points, inside, line) is (double[] at, bool isInner))
                        yield return new ProblemIssue(isInner, $"equation '{equation}': {given} is not finite at {Places.Text(domain, at)}, {(isInner ? "inside the domain" : "on the boundary")}{(isInner && Divisors(given).Any() ? "; multiply the equation by what vanishes there, or choose another domain" : "")}");
                }
            }
        }

        foreach (Condition condition in facts.Problem.Conditions.Where(condition => condition.Residual is not null))
        {
            foreach (Expression given in Given(condition.Residual!.Expression, facts.Problem.Names).Distinct())
            {
                if (OnSides(given, domain, condition) is { } at)
                    yield return ProblemFacts.Error($"condition '{condition}': {given} is not finite at {Places.Text(domain, at)}");
            }
        }
    }

    /// <summary>The largest parts that depend on nothing but variables.</summary>
    private static IEnumerable<Expression> Given(Expression? expression, ProblemNames names)
    {
        if (expression is null or { Variables.Count: 0 })
            return [];
        return expression.Variables.All(name => names.Axis(name) >= 0) ? [expression] : expression.Children.SelectMany(child => Given(child, names));
    }

    private static (double[] At, bool IsInner)? Where(Expression given, Domain domain, Tensor<double> points, bool[] inside, int line)
    {
        (double[] At, bool IsInner)? found = null;
        double[] values = given.Compile(domain.Variables).Evaluate(points.Span);
        for (int row = 0; row < values.Length; row++)
        {
            if (!inside[row] || double.IsFinite(values[row]))
                continue;
            double[] at = points.Row(row).ToArray();
            bool inner = !Places.OnBoundary(domain, at);
            if (inner)
                return (at, true);
            found ??= (at, false);
        }

        foreach (Expression divisor in Divisors(given))
        {
            if (Zero(divisor, domain, points, inside, line) is { } at && !Places.OnBoundary(domain, at))
                return (at, true);
        }

        return found;
    }

    /// <summary>What stands in denominators.</summary>
    private static IEnumerable<Expression> Divisors(Expression expression) => expression is PowerExpression { Exponent: NumberExpression { Value: < 0 } } power
        ? Divisors(power.Base).Append(power.Base)
        : expression.Children.SelectMany(Divisors);

    /// <summary>A point between two of the grid where a continuous function changes its sign.</summary>
    private static double[]? Zero(Expression function, Domain domain, Tensor<double> points, bool[] inside, int line)
    {
        CompiledExpression compiled = function.Compile(domain.Variables);
        double[] values = compiled.Evaluate(points.Span);
        for (int axis = 0, stride = 1; axis < domain.Dimension; axis++, stride *= line)
        {
            for (int row = stride; row < values.Length; row++)
            {
                bool neighbours = row / stride % line > 0;
                if (!neighbours || !inside[row] || !inside[row - stride] || !(values[row] * values[row - stride] < 0))
                    continue;
                double[] low = points.Row(row - stride).ToArray(), high = points.Row(row).ToArray();
                double[] zero = Bisect(compiled, low, high);
                if (Math.Abs(Value(compiled, zero)) < 1e-6 * Math.Max(Math.Abs(values[row]), Math.Abs(values[row - stride])))
                    return zero;
            }
        }

        return null;
    }

    private static double[] Bisect(CompiledExpression function, double[] low, double[] high)
    {
        double[] middle = low;
        bool sign = Value(function, low) > 0;
        for (int step = 0; step < Bisections; step++)
        {
            middle = [.. low.Zip(high, (a, b) => (a + b) / 2)];
            if (Value(function, middle) > 0 == sign)
                low = middle;
            else
                high = middle;
        }

        return middle;
    }

    private static double Value(CompiledExpression function, double[] point)
    {
        Span<double> value = stackalloc double[1];
        function.Evaluate(point, value);
        return value[0];
    }

    private static double[]? OnSides(Expression given, Domain domain, Condition condition)
    {
        CompiledExpression compiled = given.Compile(domain.Variables);
        foreach (Tensor<double> points in condition.Points is { } own ? [own] : condition.Sides.Select(side => side.Points(SidePoints, PointSequence.Grid, 1)))
        {
            double[] values = compiled.Evaluate(points.Span);
            int wrong = Array.FindIndex(values, value => !double.IsFinite(value));
            if (wrong >= 0)
                return points.Row(wrong).ToArray();
        }

        return null;
    }
}
