using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Solving;

/// <summary>
/// Decides which conditions are built into the solution. Values on all sides of a box are interpolated transfinitely (Gordon, "Blending-function methods of bivariate
/// and multivariate interpolation", 1971), one axis after the other; elsewhere one expression has to hold for all sides.
/// </summary>
internal static class ConstructionBuilder
{
    private const double Tolerance = 1e-8;
    private const int Probes = 33;

    /// <param name="problem">The problem.</param>
    /// <param name="buildIn">Whether anything but periodicity is built in.</param>
    public static Construction Build(EquationProblem problem, bool buildIn)
    {
        var periodic = problem.Conditions.Where(condition => condition.IsPeriodic).Select(condition => condition.Sides[0].Axis!.Value).ToHashSet();
        var soft = new List<Condition>();
        var builtIn = problem.Conditions.Where(condition => condition.IsPeriodic).Select(condition => condition.ToString()).ToList();
        var notes = new List<string>();
        var prescribed = new List<(Condition Condition, FieldDerivative Derivative, Expression Value)>();
        foreach (Condition condition in problem.Conditions.Where(condition => !condition.IsPeriodic))
        {
            if (buildIn && condition.Sides.Count > 0 && condition.Fixes(problem.Names) is { } value && IsCandidate(condition, value.Derivative))
                prescribed.Add((condition, value.Derivative, value.Value));
            else if (buildIn && AsSides(problem, condition) is { } moved && moved.Fixes(problem.Names) is { } atEnd && IsCandidate(moved, atEnd.Derivative))
                prescribed.Add((moved, atEnd.Derivative, atEnd.Value));
            else
                soft.Add(condition);
        }

        var fields = new List<FieldConstruction>();
        for (int field = 0; field < problem.Unknowns.Count; field++)
        {
            int own = field;
            var entries = prescribed.Where(entry => entry.Derivative.Field == own).ToList();
            FieldConstruction construction = Field(problem, own, periodic, entries, notes, out bool kept);
            fields.Add(construction);
            if (kept)
                builtIn.AddRange(entries.Select(entry => entry.Condition.ToString()));
            else
                soft.AddRange(entries.Select(entry => entry.Condition));
        }

        foreach ((string name, Expression given) in problem.Features.Concat(problem.KnownParts))
        {
            if (periodic.FirstOrDefault(axis => !IsPeriodic(problem, given, axis), -1) is >= 0 and var axis)
                notes.Add($"'{name}' is not periodic in {problem.Domain.Variables[axis]}, so the solution is not, either.");
        }

        return new Construction(fields, periodic, soft, builtIn, notes);
    }

    private static bool IsCandidate(Condition condition, FieldDerivative derivative) => derivative.Partial.Order == 0
        || (derivative.Partial.Order == 1 && condition.Sides.All(side => side.IsInitial && side.Axis == derivative.Partial[0]));

    /// <summary>A condition at a single end of an interval as one on that side.</summary>
    private static Condition? AsSides(EquationProblem problem, Condition condition)
    {
        if (condition.Points is not { } points || points.Shape[0] != 1 || problem.Domain.Dimension != 1)
            return null;
        Side? side = problem.Domain.Sides.FirstOrDefault(side => side.Contains(points.Row(0)));
        return side is null ? null : Condition.On([side], condition.Residual!, condition.Weight);
    }

    private static FieldConstruction Field(
        EquationProblem problem, int field, IReadOnlySet<int> periodic, List<(Condition Condition, FieldDerivative Derivative, Expression Value)> entries, List<string> notes, out bool kept)
    {
        IReadOnlyList<string> variables = problem.Domain.Variables;
        Expression known = problem.KnownParts.GetValueOrDefault(problem.Unknowns[field], Expression.Zero);
        var nothing = new FieldConstruction(new GivenFunction(known, variables), new GivenFunction(Expression.One, variables), 0);
        kept = false;
        if (entries.Count == 0)
            return nothing;
        Side[] initial = [.. entries.SelectMany(entry => entry.Condition.Sides).Where(side => side.IsInitial)];
        Side[] space = [.. entries.SelectMany(entry => entry.Condition.Sides).Where(side => !side.IsInitial).Distinct()];
        bool hasValue = entries.Any(entry => entry.Derivative.Partial.Order == 0 && entry.Condition.Sides.Any(side => side.IsInitial));
        bool hasSlope = entries.Any(entry => entry.Derivative.Partial.Order == 1);
        string name = problem.Unknowns[field];
        if (hasSlope && !hasValue)
        {
            notes.Add($"The initial slope of {name} is prescribed without its value: both are left to the loss.");
            return nothing;
        }

        Expression? distance = problem.Domain.Distance(space);
        Expression? lift = distance is null ? null : Lift(problem.Domain, known, entries);
        if (lift is null)
        {
            notes.Add($"The conditions on {name} are left to the loss: there is no simple function for this shape that takes the values on the sides.");
            return nothing;
        }

        if (Misfit(problem, entries, lift) is { } place)
        {
            notes.Add($"The conditions on {name} are left to the loss: they contradict each other where sides meet, near {place}.");
            return nothing;
        }

        if (periodic.FirstOrDefault(axis => !IsPeriodic(problem, lift, axis), -1) is >= 0 and var broken)
        {
            notes.Add($"The conditions on {name} are left to the loss: what they prescribe is not periodic in {variables[broken]}.");
            return nothing;
        }

        kept = true;
        return new FieldConstruction(new GivenFunction(lift.Simplify(), variables), new GivenFunction(distance!.Simplify(), variables), initial.Length == 0 ? 0 : hasSlope ? 2 : 1);
    }

    private static Expression? Lift(Domain domain, Expression known, List<(Condition Condition, FieldDerivative Derivative, Expression Value)> entries)
    {
        var values = entries.SelectMany(entry => entry.Condition.Sides.Select(side => (Side: side, entry.Derivative, entry.Value))).ToList();
        bool isBox = domain is Box or TimeDomain { Space: Box };
        Expression sum = known;
        if (!isBox && values.Any(entry => !entry.Side.IsInitial))
        {
            // one expression for all sides of other shapes
            var curved = values.Where(entry => !entry.Side.IsInitial).ToList();
            if (curved.Any(entry => entry.Value != curved[0].Value) || known is not NumberExpression { Value: 0 })
                return null;
            sum = curved[0].Value;
            values = [.. values.Where(entry => entry.Side.IsInitial)];
        }

        foreach (var axis in values.GroupBy(entry => entry.Side.Axis!.Value).OrderBy(group => group.First().Side.IsInitial))
        {
            string variable = domain.Variables[axis.Key];
            Expression x = Expression.Variable(variable), before = sum;
            // what is prescribed twice is either the same or a contradiction, which shows where the lift is compared with all values
            var ends = axis.Where(entry => entry.Derivative.Partial.Order == 0).DistinctBy(entry => entry.Side).ToList();
            foreach (var end in ends)
            {
                double at = end.Side.Value!.Value;
                Expression blend = ends.Where(other => other.Side != end.Side).Select(other => other.Side.Value!.Value).Aggregate(
                    (Expression)Expression.One, (product, other) => product * (x - other) / (at - other));
                sum += blend * (At(end.Value, variable, at) - At(before, variable, at));
            }

            foreach (var slope in axis.Where(entry => entry.Derivative.Partial.Order == 1).DistinctBy(entry => entry.Side))
            {
                double at = slope.Side.Value!.Value;
                sum += (x - at) * (At(slope.Value, variable, at) - At(before.Differentiate(variable), variable, at));
            }
        }

        return sum;
    }

    private static Expression At(Expression expression, string variable, double value) =>
        expression.Substitute(new Dictionary<string, Expression> { [variable] = Expression.Number(value) });

    /// <summary>Whether a function and its slope are the same on both sides of an axis.</summary>
    private static bool IsPeriodic(EquationProblem problem, Expression function, int axis)
    {
        Side side = problem.Domain.Sides.First(side => side.Axis == axis && side.Opposite is not null);
        Tensor<double> here = side.Points(Probes, PointSequence.Chebyshev, 0), there = side.ToOpposite(here);
        foreach (Expression own in (Expression[])[function, function.Differentiate(problem.Domain.Variables[axis])])
        {
            CompiledExpression compiled = own.Compile(problem.Domain.Variables);
            double[] a = compiled.Evaluate(here.Span), b = compiled.Evaluate(there.Span);
            double scale = Math.Max(1, b.Max(Math.Abs));
            if (a.Zip(b).Any(pair => !(Math.Abs(pair.First - pair.Second) <= Tolerance * scale)))
                return false;
        }

        return true;
    }

    /// <summary>Where the lift misses a prescribed value; null if nowhere.</summary>
    private static string? Misfit(EquationProblem problem, List<(Condition Condition, FieldDerivative Derivative, Expression Value)> entries, Expression lift)
    {
        IReadOnlyList<string> variables = problem.Domain.Variables;
        foreach ((Condition condition, FieldDerivative derivative, Expression value) in entries)
        {
            Expression own = derivative.Partial.Order == 0 ? lift : lift.Differentiate(variables[derivative.Partial[0]]);
            CompiledExpression taken = own.Compile(variables), wanted = value.Compile(variables);
            foreach (Side side in condition.Sides)
            {
                // Chebyshev points come close to corners, where contradictions are
                Tensor<double> points = side.Points(Probes, PointSequence.Chebyshev, 0);
                double[] a = taken.Evaluate(points.Span), b = wanted.Evaluate(points.Span);
                double scale = Math.Max(1, b.Max(Math.Abs));
                int worst = Enumerable.Range(0, a.Length).MaxBy(index => double.IsNaN(a[index]) ? double.MaxValue : Math.Abs(a[index] - b[index]));
                if (!(Math.Abs(a[worst] - b[worst]) <= Tolerance * scale))
                    return string.Join(", ", variables.Select((name, axis) => FormattableString.Invariant($"{name}={points[worst, axis]:G3}")));
            }
        }

        return null;
    }
}
