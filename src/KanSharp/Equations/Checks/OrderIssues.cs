namespace KanSharp.Equations.Checks;

/// <summary>Conditions of the order of the equation or above it, and conditions at the end of time.</summary>
internal static class OrderIssues
{
    public static IEnumerable<ProblemIssue> Find(ProblemFacts facts)
    {
        for (int field = 0; field < facts.FieldCount; field++)
        {
            int order = facts.Order(field), own = field;
            if (order == 0)
                continue;
            (Condition Condition, int Lowest, int Highest)[] conditions =
            [
                .. facts.Conditions.Select(condition => (condition.Condition, Orders: condition.Derivatives.Where(derivative => derivative.Field == own).Select(derivative => derivative.Partial.Order).ToArray()))
                    .Where(condition => condition.Orders.Length > 0).Select(condition => (condition.Condition, condition.Orders.Min(), condition.Orders.Max())),
            ];
            bool nothingBelow = conditions.Length > 0 && conditions.All(condition => condition.Lowest >= order) && !facts.HasData && facts.FieldCount == 1
                && !facts.Conditions.Any(condition => condition.Condition.IsPeriodic);
            foreach ((Condition condition, _, int highest) in conditions)
            {
                if (highest >= order)
                    yield return new ProblemIssue(nothingBelow, $"the condition '{condition}' has order {highest}, and the equation has order {order} in '{facts.Name(field)}': it follows from the equation or contradicts it");
            }

            if (facts.TimeAxis < 0 || facts.Domain.Dimension == 1)
                continue;
            foreach ((Condition condition, HashSet<FieldDerivative> derivatives) in facts.Conditions)
            {
                int times = facts.Order(field, facts.TimeAxis);
                if (times == 0 || !derivatives.Any(derivative => derivative.Field == own))
                    continue;
                if (condition.Sides.Any(side => side.IsFinal))
                    yield return ProblemFacts.Warning($"the condition '{condition}' stands at the end of time: an equation that runs forward in time is ill-posed with it, small errors grow without bound");
                else if (condition.Sides.Any(side => side.IsInitial) && derivatives.Any(derivative => derivative.Field == own && derivative.Partial.Count(facts.TimeAxis) >= times))
                    yield return ProblemFacts.Warning($"the condition '{condition}' has the order of the equation in time: it follows from the equation or contradicts it");
            }
        }
    }
}
