using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Checks;

/// <summary>What the checks ask a problem: which derivatives occur where, their orders, and what conditions fix.</summary>
internal sealed class ProblemFacts
{
    private readonly HashSet<FieldDerivative> _all = [];

    public ProblemFacts(EquationProblem problem)
    {
        Problem = problem;
        Equations = [.. problem.Equations.Select(equation => (equation, Occurrences.Of(equation, problem)))];
        Conditions = [.. problem.Conditions.Select(condition => (condition, condition.Residual is { } residual ? Occurrences.Of(residual, problem) : []))];
        foreach ((_, HashSet<FieldDerivative> derivatives) in Equations)
            _all.UnionWith(derivatives);
        TimeAxis = problem.Domain.Sides.FirstOrDefault(side => side.IsInitial)?.Axis ?? -1;
        Fixed =
        [
            .. problem.Conditions.Select(condition => (Condition: condition, Fixed: condition.Fixes(problem.Names))).Where(pair => pair.Fixed is not null)
                .Select(pair => new FixedValue(pair.Condition, pair.Fixed!.Value.Derivative, pair.Fixed.Value.Value.Compile(problem.Domain.Variables))),
        ];
    }

    public EquationProblem Problem { get; }

    public Domain Domain => Problem.Domain;

    /// <summary>The equations with the derivatives in them.</summary>
    public IReadOnlyList<(Residual Residual, HashSet<FieldDerivative> Derivatives)> Equations { get; }

    /// <summary>The conditions with the derivatives in them; none for periodicity.</summary>
    public IReadOnlyList<(Condition Condition, HashSet<FieldDerivative> Derivatives)> Conditions { get; }

    /// <summary>Conditions that give the value of an unknown or derivative.</summary>
    public IReadOnlyList<FixedValue> Fixed { get; }

    /// <summary>Derivatives that occur in the equations.</summary>
    public IReadOnlySet<FieldDerivative> All => _all;

    /// <summary>The axis of time; −1 without.</summary>
    public int TimeAxis { get; }

    public int FieldCount => Problem.Unknowns.Count;

    public bool HasData => Problem.Data.Count > 0;

    /// <summary>Highest order of an unknown in the equations.</summary>
    public int Order(int field) => _all.Where(derivative => derivative.Field == field).Select(derivative => derivative.Partial.Order).DefaultIfEmpty(0).Max();

    /// <summary>Highest order by one variable of an unknown in the equations.</summary>
    public int Order(int field, int axis) => _all.Where(derivative => derivative.Field == field).Select(derivative => derivative.Partial.Count(axis)).DefaultIfEmpty(0).Max();

    /// <summary>The slope of an equation with respect to an unknown or derivative; null for code.</summary>
    public Expression? Slope(int equation, FieldDerivative derivative) => Equations[equation].Residual.Expression?.Differentiate(Problem.Names.NameOf(derivative)).Simplify();

    /// <summary>Whether a derivative stands in the equations with a constant factor that is not 0, and nowhere else.</summary>
    public bool HasConstantFactor(FieldDerivative derivative)
    {
        for (int equation = 0; equation < Equations.Count; equation++)
        {
            if (Equations[equation].Derivatives.Contains(derivative) && (Slope(equation, derivative) is not { Variables.Count: 0 } slope || slope.Evaluate() is not (> 0 or < 0)))
                return false;
        }

        return _all.Contains(derivative);
    }

    public string Name(int field) => Problem.Unknowns[field];

    /// <summary>An error.</summary>
    public static ProblemIssue Error(string message) => new(true, message);

    /// <summary>A warning.</summary>
    public static ProblemIssue Warning(string message) => new(false, message);
}

/// <summary>A condition that gives the value of an unknown or derivative as a function of the variables.</summary>
internal sealed record FixedValue(Condition Condition, FieldDerivative Derivative, CompiledExpression Value)
{
    public double At(ReadOnlySpan<double> point)
    {
        Span<double> value = stackalloc double[1];
        Value.Evaluate(point, value);
        return value[0];
    }

    /// <summary>Whether two values differ by more than rounding.</summary>
    public static bool Differ(double left, double right) => Math.Abs(left - right) > 1e-8 * (1 + Math.Abs(left) + Math.Abs(right));
}
