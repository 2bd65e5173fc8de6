namespace KanSharp.Equations.Checks;

/// <summary>Names in equations, conditions, data and references that mean nothing.</summary>
internal static class NameIssues
{
    public static IEnumerable<ProblemIssue> Find(EquationProblem problem)
    {
        foreach (Residual equation in problem.Equations)
        {
            foreach (string wrong in Wrong(equation, problem, onSides: false))
                yield return ProblemFacts.Error($"equation '{equation}': {wrong}");
        }

        foreach (Condition condition in problem.Conditions.Where(condition => condition.Residual is not null))
        {
            if (condition.Sides.FirstOrDefault(side => !problem.Domain.Sides.Contains(side)) is { } stranger)
                yield return ProblemFacts.Error($"condition '{condition}': the side {stranger} belongs to another domain");
            foreach (string wrong in Wrong(condition.Residual!, problem, condition.Sides.Count > 0))
                yield return ProblemFacts.Error($"condition '{condition}': {wrong}");
        }

        string unknowns = string.Join(", ", problem.Unknowns);
        foreach (Observations data in problem.Data.Where(data => !problem.Unknowns.Contains(data.Unknown)))
            yield return ProblemFacts.Error($"the data name '{data.Unknown}', which is no unknown ({unknowns})");
        foreach (string name in problem.Reference.Keys.Where(name => !problem.Unknowns.Contains(name)))
            yield return ProblemFacts.Error($"the reference names '{name}', which is no unknown ({unknowns})");
        foreach ((string name, Symbolics.Expression exact) in problem.Reference)
        {
            foreach (string stranger in exact.Variables.Where(variable => problem.Names.Axis(variable) < 0))
                yield return ProblemFacts.Error($"the reference of '{name}' has the name '{stranger}', which is no variable ({string.Join(", ", problem.Domain.Variables)})");
        }
    }

    private static List<string> Wrong(Residual residual, EquationProblem problem, bool onSides)
    {
        ProblemNames names = problem.Names;
        List<string> found = [];
        if (residual.Expression is { } expression)
        {
            foreach (string name in expression.Variables)
            {
                if (names.Axis(name) >= 0 || names.Coefficient(name) >= 0 || names.Explain(name, out _) is not { } wrong)
                    continue;
                if (names.NormalAxis(name) < 0)
                    found.Add(wrong);
                else if (!onSides)
                    found.Add($"'{name}' is a component of the normal, which only sides have");
            }

            return found;
        }

        try
        {
            Occurrences.Record(residual, problem, []);
        }
        catch (ArgumentException error)
        {
            found.Add(error.Message.Split(" (Parameter")[0].TrimEnd('.'));
        }

        return found;
    }
}
