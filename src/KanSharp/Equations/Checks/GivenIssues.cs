using KanSharp.Symbolics;

namespace KanSharp.Equations.Checks;

/// <summary>Known parts, features, data and coefficients that can not be used as they are.</summary>
internal static class GivenIssues
{
    public static IEnumerable<ProblemIssue> Find(ProblemFacts facts)
    {
        EquationProblem problem = facts.Problem;
        foreach (string name in problem.KnownParts.Keys.Where(name => !problem.Unknowns.Contains(name)))
            yield return ProblemFacts.Error($"there is a known part of '{name}', which is no unknown ({string.Join(", ", problem.Unknowns)})");
        foreach (string name in problem.Features.Keys.Where(name => problem.Unknowns.Contains(name) || facts.Domain.Variables.Contains(name)))
            yield return ProblemFacts.Error($"a feature is named '{name}' like a variable or unknown");
        foreach ((string name, Expression given) in problem.Features.Concat(problem.KnownParts))
        {
            if (given.Variables.FirstOrDefault(variable => !facts.Domain.Variables.Contains(variable)) is { } foreign)
                yield return ProblemFacts.Error($"the function given as '{name}' depends on '{foreign}', which is no variable of the domain ({string.Join(", ", facts.Domain.Variables)})");
        }

        foreach (Observations data in problem.Data)
        {
            if (data.Values.Count == 0)
                yield return ProblemFacts.Error($"the data of '{data.Unknown}' have no values");
            if (!(data.Weight > 0 && double.IsFinite(data.Weight)))
                yield return ProblemFacts.Error($"the weight of the data of '{data.Unknown}' is {data.Weight}; it is a positive finite number");
        }

        foreach (UnknownCoefficient coefficient in problem.Coefficients.Where(coefficient => !double.IsFinite(coefficient.Start)))
            yield return ProblemFacts.Error($"the coefficient '{coefficient.Name}' starts at {coefficient.Start}; it needs a finite number");
        if (facts.TimeAxis >= 0 && problem.Conditions.Any(condition => condition.IsPeriodic && condition.Sides[0].Axis == facts.TimeAxis)
            && problem.Conditions.Any(condition => !condition.IsPeriodic && condition.Sides.Any(side => side.IsInitial)))
            yield return ProblemFacts.Error("the problem is periodic in time and has initial conditions; it can be one or the other");
    }
}
