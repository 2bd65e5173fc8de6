using KanSharp.Autodiff;
using KanSharp.Equations.Domains;

namespace KanSharp.Equations.Checks;

/// <summary>Partial differential equations: as many conditions on the two sides of an axis, or at the beginning of time, as the order by its variable.</summary>
internal static class AxisIssues
{
    private const int ManyPoints = 2;

    public static IEnumerable<ProblemIssue> Find(ProblemFacts facts)
    {
        if (facts.Domain.Dimension == 1 || facts.HasData || facts.Conditions.Count == 0)
            return [];
        List<ProblemIssue> found = [];
        for (int field = 0; field < facts.FieldCount; field++)
        {
            // conditions at many points may well lie on sides
            int own = field;
            if (facts.Conditions.Any(condition => condition.Condition.Points?.Shape[0] >= ManyPoints && condition.Derivatives.Any(derivative => derivative.Field == own)))
                continue;
            if (facts.TimeAxis >= 0 && Time(facts, field) is { } late)
                found.Add(late);
            if (facts.FieldCount > 1)
                continue;
            for (int axis = 0; axis < facts.Domain.Dimension; axis++)
            {
                if (axis != facts.TimeAxis && Space(facts, axis) is { } missing)
                    found.Add(missing);
            }

            found.AddRange(Outline(facts));
        }

        return found;
    }

    private static ProblemIssue? Time(ProblemFacts facts, int field)
    {
        int order = facts.Order(field, facts.TimeAxis), given = Given(facts, field, facts.TimeAxis, order);
        string time = facts.Domain.Variables[facts.TimeAxis], name = facts.Name(field);
        if (given >= order)
            return null;
        string wanted = order == 1 ? $"{name}=..." : $"{name}=... and {name}_{time}=...";
        FieldDerivative highest = new(field, Repeated(facts.TimeAxis, order));
        return new ProblemIssue(
            facts.HasConstantFactor(highest),
            $"the order of '{name}' in {time} is {order}, which asks for {Conditions(order)} at {facts.Domain.Sides.First(side => side.IsInitial)} ({wanted}); there {Are(given)}");
    }

    private static ProblemIssue? Space(ProblemFacts facts, int axis)
    {
        Side[] sides = [.. facts.Domain.Sides.Where(side => side.Axis == axis)];
        int order = facts.Order(0, axis);
        if (order == 0 || sides.Length != 2 || sides[0].Opposite != sides[1])
            return null;
        FieldDerivative highest = new(0, Repeated(axis, order));
        bool isSure = facts.HasConstantFactor(highest);
        int given = Given(facts, 0, axis, order);
        if (given >= order || (order == 1 && !isSure) || !facts.All.Contains(highest))
            return null;
        string name = facts.Problem.Names.NameOf(highest);
        return new ProblemIssue(isSure, $"'{name}' asks for {Conditions(order)} on the sides {sides[0]} and {sides[1]} together; there {Are(given)}");
    }

    /// <summary>Shapes that are no boxes: every side of an equation of even order has half as many conditions.</summary>
    private static IEnumerable<ProblemIssue> Outline(ProblemFacts facts)
    {
        Domain space = facts.Domain is TimeDomain time ? time.Space : facts.Domain;
        int[] axes = [.. Enumerable.Range(0, facts.Domain.Dimension).Where(axis => axis != facts.TimeAxis)];
        int order = axes.Max(axis => facts.Order(0, axis));
        if (space is Box || order < 2 || order % 2 != 0)
            yield break;
        bool isSure = axes.All(axis => facts.HasConstantFactor(new FieldDerivative(0, Repeated(axis, order))));
        Side[] sides = [.. facts.Domain.Sides.Where(side => !side.IsInitial && !side.IsFinal)];
        int[] counts = [.. sides.Select(side => facts.Conditions.Count(condition => condition.Condition.Sides.Contains(side) && condition.Derivatives.Any(derivative => derivative.Partial.Order < order)))];
        if (counts.Sum() >= sides.Length * order / 2)
            yield break;
        foreach (Side side in sides.Where((_, index) => counts[index] < order / 2))
            yield return new ProblemIssue(isSure, $"an equation of order {order} asks for {Conditions(order / 2)} on every side, and on the side {side} there {Are(counts[Array.IndexOf(sides, side)])}");
    }

    /// <summary>Conditions of lower order on the sides of an axis; periodicity gives all.</summary>
    private static int Given(ProblemFacts facts, int field, int axis, int order)
    {
        int count = 0;
        foreach ((Condition condition, HashSet<FieldDerivative> derivatives) in facts.Conditions)
        {
            int sides = condition.Sides.Count(side => side.Axis == axis);
            if (sides > 0 && condition.IsPeriodic)
                count += order;
            else if (derivatives.Any(derivative => derivative.Field == field && derivative.Partial.Count(axis) < order))
                count += sides;
        }

        return count;
    }

    private static PartialDerivative Repeated(int axis, int order) => PartialDerivative.Of([.. Enumerable.Repeat(axis, order)]);

    private static string Conditions(int count) => count == 1 ? "1 condition" : $"{count} conditions";

    private static string Are(int count) => count switch { 0 => "is none", 1 => "is 1", _ => $"are {count}" };
}
