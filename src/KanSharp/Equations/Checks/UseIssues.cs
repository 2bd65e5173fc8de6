namespace KanSharp.Equations.Checks;

/// <summary>Equations that are missing, and names that are not used.</summary>
internal static class UseIssues
{
    public static IEnumerable<ProblemIssue> Find(ProblemFacts facts)
    {
        EquationProblem problem = facts.Problem;
        int equations = problem.Equations.Count, unknowns = facts.FieldCount;
        if (equations == 0)
            yield return ProblemFacts.Error("there is no equation");
        else if (equations < unknowns)
            yield return ProblemFacts.Error($"{Count(equations, "equation")} for {unknowns} unknowns ({string.Join(", ", problem.Unknowns)}); a system has as many equations as unknowns");
        else if (equations > unknowns)
            yield return ProblemFacts.Warning($"{equations} equations for {Count(unknowns, "unknown")}: they must not contradict each other");

        bool hasCode = problem.Equations.Any(equation => equation.Expression is null) || problem.Conditions.Any(condition => condition.Residual is { Expression: null });
        HashSet<string> inEquations = [.. problem.Equations.SelectMany(equation => equation.Expression?.Variables ?? [])];
        HashSet<string> inConditions = [.. problem.Conditions.SelectMany(condition => condition.Residual?.Expression?.Variables ?? [])];
        for (int field = 0; field < unknowns && equations > 0; field++)
        {
            if (!facts.All.Any(derivative => derivative.Field == field))
                yield return ProblemFacts.Error($"the unknown '{facts.Name(field)}' occurs in no equation");
        }

        foreach (UnknownCoefficient coefficient in problem.Coefficients.Where(coefficient => !hasCode && !inEquations.Contains(coefficient.Name) && !inConditions.Contains(coefficient.Name)))
            yield return ProblemFacts.Error($"the unknown coefficient '{coefficient.Name}' occurs in no equation and no condition");
        for (int axis = 0; axis < facts.Domain.Dimension && equations > 0 && !hasCode; axis++)
        {
            if (!inEquations.Contains(facts.Domain.Variables[axis]) && !facts.All.Any(derivative => derivative.Partial.Count(axis) > 0))
                yield return ProblemFacts.Warning($"the variable '{facts.Domain.Variables[axis]}' occurs in no equation");
        }
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
