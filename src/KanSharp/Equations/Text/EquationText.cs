using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Text;

/// <summary>
/// Reads problems from text: <c>u_xx + u_yy = -2*pi^2*sin(pi*x)*sin(pi*y)</c> on <c>x=-1..1, y=-1..1</c> with <c>u=0</c> on the boundary. docs/equations.md has the
/// whole language.
/// </summary>
public static class EquationText
{
    private const string Time = "t";
    private const string Example = "an equation such as u_xx + u_yy = 1";

    /// <summary>Reads a problem. A range of <c>t</c> is time where a derivative by it or an initial condition occurs.</summary>
    /// <param name="equations">Equations with semicolons between them: <c>u_t = 0.1*u_xx</c>, or <c>y'' + y = 0</c> with one variable.</param>
    /// <param name="domain">What <see cref="DomainText"/> reads: <c>x=-1..1, t=0..1</c>.</param>
    /// <param name="boundary">Conditions: <c>u=0</c> on the whole boundary, <c>u(x=-1)=0; u_n(x=1)=1</c>, <c>periodic x</c>.</param>
    /// <param name="initial">Conditions at the beginning of time: <c>u=sin(pi*x); u_t=0</c>.</param>
    /// <param name="reference">The known solution: <c>sin(x)</c>, or <c>u=sin(x); v=cos(x)</c>.</param>
    /// <param name="coefficients">Numbers to be identified, with starting values: <c>D=1; k=0.5</c>.</param>
    /// <param name="unknowns">Names of the unknowns with commas between them; by default those that are differentiated.</param>
    /// <exception cref="EquationFormatException">A text can not be read.</exception>
    public static EquationProblem Parse(
        string equations, string domain, string? boundary = null, string? initial = null, string? reference = null, string? coefficients = null, string? unknowns = null)
    {
        ArgumentNullException.ThrowIfNull(equations);
        ArgumentNullException.ThrowIfNull(domain);
        List<TextPart> statements = new TextPart("equations", equations).Statements(Example);
        Domain plain = ReadDomain(domain, isTime: false);
        bool hasTime = plain.Variables.Contains(Time) && (!string.IsNullOrWhiteSpace(initial) || UnknownFinder.Differentiates(statements, Time, plain.Dimension == 1));
        if (!hasTime)
            return Parse(equations, plain, boundary, initial, reference, coefficients, unknowns);
        EquationProblem problem = Parse(equations, ReadDomain(domain, isTime: true), boundary, initial, reference, coefficients, unknowns);

        // conditions at both ends of the only variable: a boundary value problem, in which no time goes by
        return problem.Domain.Dimension == 1 && string.IsNullOrWhiteSpace(initial) && problem.Conditions.Any(condition => condition.IsPeriodic || condition.Sides.Any(side => side.IsFinal))
            ? Parse(equations, plain, boundary, initial, reference, coefficients, unknowns)
            : problem;
    }

    /// <summary>Reads a problem on a domain from code.</summary>
    /// <param name="equations">Equations with semicolons between them.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="boundary">Conditions on sides and at points.</param>
    /// <param name="initial">Conditions at the beginning of time.</param>
    /// <param name="reference">The known solution.</param>
    /// <param name="coefficients">Numbers to be identified.</param>
    /// <param name="unknowns">Names of the unknowns; by default those that are differentiated.</param>
    /// <exception cref="EquationFormatException">A text can not be read.</exception>
    public static EquationProblem Parse(
        string equations, Domain domain, string? boundary = null, string? initial = null, string? reference = null, string? coefficients = null, string? unknowns = null)
    {
        ArgumentNullException.ThrowIfNull(equations);
        ArgumentNullException.ThrowIfNull(domain);
        List<TextPart> statements = new TextPart("equations", equations).Statements(Example);
        UnknownCoefficient[] numbers = ValueText.Coefficients(coefficients);
        IReadOnlyList<string> fields = string.IsNullOrWhiteSpace(unknowns)
            ? UnknownFinder.Find(statements, domain.Variables)
            : [.. new TextPart("unknowns", unknowns).Split(',').Select(name => name.Text)];
        EquationProblem problem = Create(domain, fields, numbers, unknowns ?? "", coefficients ?? "");
        var reader = new ExpressionReader(problem.Names);
        problem = problem with { Equations = [.. statements.Select(statement => ReadEquation(statement, reader, domain))] };
        return problem with
        {
            Conditions = [.. Conditions(problem, boundary, "boundary"), .. Conditions(problem, initial, "initial")],
            Reference = ValueText.Reference(reference, problem),
        };
    }

    /// <summary>Reads conditions for a problem.</summary>
    /// <param name="text">Conditions with semicolons between them.</param>
    /// <param name="problem">The problem, whose domain and names they refer to.</param>
    /// <param name="initial">Whether those without a place stand at the beginning of time.</param>
    /// <exception cref="EquationFormatException">The text can not be read.</exception>
    public static IReadOnlyList<Condition> Conditions(string text, EquationProblem problem, bool initial = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(problem);
        return new ConditionReader(problem.Domain, problem.Names, initial).Read(new TextPart(initial ? "initial" : "boundary", text));
    }

    private static Residual ReadEquation(TextPart statement, ExpressionReader reader, Domain domain)
    {
        (TextPart leftPart, TextPart? rightPart) = statement.Sides("an equation");
        ReadExpression left = reader.Read(leftPart), right = rightPart is null ? new ReadExpression(Expression.Zero, "0", []) : reader.Read(rightPart);
        foreach (TextPart place in (IEnumerable<TextPart>)[.. left.Places, .. right.Places])
        {
            if (!place.Split(',').Select(name => name.Text).SequenceEqual(domain.Variables))
                throw place.Error($"an equation holds everywhere; in brackets after an unknown stands nothing or ({string.Join(",", domain.Variables)})");
        }

        return Residual.Of(left.Expression - right.Expression, $"{left.Text} = {right.Text}");
    }

    private static Domain ReadDomain(string text, bool isTime)
    {
        try
        {
            return DomainText.Parse(text, isTime);
        }
        catch (FormatException error)
        {
            string own = $"Domain '{text.Trim()}': ";
            string problem = error.Message.StartsWith(own, StringComparison.Ordinal) ? error.Message[own.Length..].TrimEnd('.') : error.Message;
            throw new EquationFormatException("domain", text.Trim(), -1, problem, error);
        }
    }

    private static EquationProblem Create(Domain domain, IReadOnlyList<string> fields, UnknownCoefficient[] numbers, string unknowns, string coefficients)
    {
        string part = "unknowns", text = unknowns;
        try
        {
            var problem = new EquationProblem(domain, fields);
            (part, text) = ("coefficients", coefficients);
            return problem with { Coefficients = numbers };
        }
        catch (ArgumentException error)
        {
            string message = error.Message.Split(" (Parameter")[0];
            throw new EquationFormatException(part, text, -1, message.TrimEnd('.'), error);
        }
    }

    private static IReadOnlyList<Condition> Conditions(EquationProblem problem, string? text, string part) =>
        string.IsNullOrWhiteSpace(text) ? [] : new ConditionReader(problem.Domain, problem.Names, part == "initial").Read(new TextPart(part, text));
}
