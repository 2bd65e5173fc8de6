using KanSharp.Equations.Domains;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Checks;

/// <summary>Conditions that are missing altogether, unknowns that are fixed up to a constant, and, with one variable, the number of conditions.</summary>
internal static class CountIssues
{
    public static IEnumerable<ProblemIssue> Find(ProblemFacts facts)
    {
        EquationProblem problem = facts.Problem;
        bool differential = facts.All.Any(derivative => derivative.Partial.Order > 0);
        if (differential && problem.Conditions.Count == 0 && !facts.HasData)
        {
            yield return ProblemFacts.Error("there is no boundary or initial condition and no data, so there are infinitely many solutions");
            yield break;
        }

        bool hasPeriod = problem.Conditions.Any(condition => condition.IsPeriodic);
        for (int field = 0; field < facts.FieldCount; field++)
        {
            if (facts.Order(field) == 0 || problem.Data.Any(data => data.Unknown == facts.Name(field)))
                continue;
            string name = facts.Name(field);
            bool inCondition = facts.Conditions.Any(condition => condition.Derivatives.Any(derivative => derivative.Field == field));
            bool valueOccurs = facts.All.Concat(facts.Conditions.SelectMany(condition => condition.Derivatives)).Any(derivative => derivative.Field == field && derivative.Partial.Order == 0);
            if (!valueOccurs)
            {
                string place = string.Join(",", facts.Domain.Interior(1, PointSequence.Grid, 0).Row(0).ToArray().Select((value, axis) => $"{facts.Domain.Variables[axis]}={Text(value)}"));
                yield return ProblemFacts.Warning($"only derivatives of '{name}' occur, so that '{name}' is determined up to a constant; a value at one point, such as {name}({place})=0, fixes it");
            }
            else if (!inCondition && !hasPeriod && facts.FieldCount > 1 && facts.Domain.Dimension > 1)
            {
                yield return ProblemFacts.Warning($"no condition and no data mention '{name}'");
            }
        }

        if (facts.Domain.Dimension == 1 && !facts.HasData && Ordinary(facts) is { } wrong)
            yield return wrong;
        if (problem.Coefficients.Count > 0 && !facts.HasData && facts.Domain.Dimension > 1)
            yield return ProblemFacts.Warning($"there are no data to identify {string.Join(", ", problem.Coefficients.Select(coefficient => coefficient.Name))} from; only further conditions can fix {(problem.Coefficients.Count == 1 ? "it" : "them")}");
    }

    /// <summary>A system of ordinary differential equations needs as many conditions as the sum of its orders, if its highest derivatives can be solved for.</summary>
    private static ProblemIssue? Ordinary(ProblemFacts facts)
    {
        if (!IsRegular(facts))
            return null;
        int[] orders = [.. Enumerable.Range(0, facts.FieldCount).Select(field => facts.Order(field))];
        int needed = orders.Sum(), numbers = facts.Problem.Coefficients.Count, given = 0;
        foreach ((Condition condition, _) in facts.Conditions)
            given += condition.IsPeriodic ? needed : Math.Max(condition.Sides.Count, condition.Points?.Shape[0] ?? 0);
        string system = facts.FieldCount == 1 ? $"an equation of order {needed}" : $"a system of order {needed}";
        if (numbers > 0)
            system += $" with {numbers} unknown coefficient{(numbers == 1 ? "" : "s")} and no data";
        if (given < needed + numbers)
            return new ProblemIssue(!SingularIssues.Find(facts).Any(), $"{system} needs {needed + numbers} conditions, and there {(given == 1 ? "is 1" : $"are {given}")}");
        return given > needed + numbers
            ? ProblemFacts.Warning($"{system} has {given} conditions, {given - needed - numbers} more than determine it; they must not contradict the equation")
            : null;
    }

    /// <summary>Whether the matrix of slopes with respect to the highest derivatives is invertible at an arbitrary place.</summary>
    private static bool IsRegular(ProblemFacts facts)
    {
        int count = facts.FieldCount;
        if (facts.Equations.Count != count || facts.Equations.Any(equation => equation.Residual.Expression is null))
            return false;
        var random = new SplitRandom(11);
        var values = new Dictionary<string, double>();
        foreach (string name in facts.Equations.SelectMany(equation => equation.Residual.Expression!.Variables).Distinct())
            values[name] = facts.Problem.Names.Axis(name) >= 0 ? facts.Domain.Interior(1, PointSequence.Random, 3)[0, 0] : 0.5 + random.NextDouble();
        var matrix = new double[count, count];
        for (int row = 0; row < count; row++)
        {
            for (int field = 0; field < count; field++)
            {
                FieldDerivative highest = facts.All.Where(derivative => derivative.Field == field).MaxBy(derivative => derivative.Partial.Order);
                matrix[row, field] = facts.Slope(row, highest) is { } slope ? slope.Evaluate(values) : 0;
            }
        }

        return Math.Abs(Determinant(matrix)) is > 1e-12 and < double.PositiveInfinity;
    }

    private static double Determinant(double[,] matrix)
    {
        int count = matrix.GetLength(0);
        double product = 1;
        for (int column = 0; column < count; column++)
        {
            int pivot = Enumerable.Range(column, count - column).MaxBy(row => Math.Abs(matrix[row, column]));
            if (matrix[pivot, column] == 0)
                return 0;
            for (int k = 0; k < count && pivot != column; k++)
                (matrix[pivot, k], matrix[column, k]) = (matrix[column, k], -matrix[pivot, k]);
            product *= matrix[column, column];
            for (int row = column + 1; row < count; row++)
            {
                double factor = matrix[row, column] / matrix[column, column];
                for (int k = column; k < count; k++)
                    matrix[row, k] -= factor * matrix[column, k];
            }
        }

        return product;
    }

    private static string Text(double value) => Expression.Number(value).Round(3).ToString();
}
