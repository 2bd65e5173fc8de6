using KanSharp.Symbolics;

namespace KanSharp.Equations.Text;

/// <summary>Reads names with values: coefficients to be identified and known solutions.</summary>
internal static class ValueText
{
    /// <summary>"D=1; k" or with commas; a name without a value starts at 1.</summary>
    public static UnknownCoefficient[] Coefficients(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        List<UnknownCoefficient> found = [];
        foreach (TextPart statement in new TextPart("coefficients", text).Statements("a name with its starting value, such as D=1").SelectMany(statement => statement.Split(',')))
        {
            (TextPart name, TextPart? value) = statement.Sides("a coefficient");
            if (found.Exists(known => known.Name == name.Text))
                throw name.Error($"the coefficient '{name.Text}' is given twice");
            double start = value is null ? 1 : PlaceReader.Number(value) ?? throw value.Error($"'{value.Text}' is no number; the search for '{name.Text}' starts at one, as in {name.Text}=1");
            found.Add(new UnknownCoefficient(name.Text, start));
        }

        return [.. found];
    }

    /// <summary>"sin(x)" for the only unknown, or "u=sin(x); v=cos(x)".</summary>
    public static IReadOnlyDictionary<string, Expression> Reference(string? text, EquationProblem problem)
    {
        var known = new Dictionary<string, Expression>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(text))
            return known;
        foreach (TextPart statement in new TextPart("reference", text).Statements("an expression, or u=expression"))
        {
            (TextPart left, TextPart? right) = statement.Sides("a reference");
            if (right is null && problem.Unknowns.Count > 1)
                throw statement.Error($"there are several unknowns ({string.Join(", ", problem.Unknowns)}); write {problem.Unknowns[0]}=... before the expression");
            string unknown = right is null ? problem.Unknowns[0] : left.Text;
            if (!problem.Unknowns.Contains(unknown))
                throw left.Error($"'{unknown}' is no unknown; unknowns are {string.Join(", ", problem.Unknowns)}");
            if (!known.TryAdd(unknown, Solution(right ?? left, problem)))
                throw left.Error($"the reference of '{unknown}' is given twice");
        }

        return known;
    }

    private static Expression Solution(TextPart part, EquationProblem problem)
    {
        Expression expression;
        try
        {
            expression = Expression.Parse(part.Text);
        }
        catch (ExpressionFormatException error)
        {
            throw part.Error(error.Message[(error.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..], error.Position, error);
        }

        return expression.Variables.FirstOrDefault(name => problem.Names.Axis(name) < 0) is { } stranger
            ? throw part.Error($"'{stranger}' is no variable; a reference is an expression of {string.Join(", ", problem.Domain.Variables)}", Math.Max(0, part.Text.IndexOf(stranger, StringComparison.Ordinal)))
            : expression;
    }
}
