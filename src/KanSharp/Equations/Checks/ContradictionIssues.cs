using KanSharp.Autodiff;
using KanSharp.Equations.Domains;

namespace KanSharp.Equations.Checks;

/// <summary>Pairs of conditions that give the same unknown or derivative different values in the same place, or the same value twice.</summary>
internal static class ContradictionIssues
{
    private const int Points = 25;

    public static IEnumerable<ProblemIssue> Find(ProblemFacts facts)
    {
        for (int first = 0; first < facts.Fixed.Count; first++)
        {
            for (int second = first + 1; second < facts.Fixed.Count; second++)
            {
                FixedValue one = facts.Fixed[first], other = facts.Fixed[second];
                if (one.Derivative == other.Derivative && Compare(facts, one, other) is { } issue)
                    yield return issue;
            }
        }
    }

    private static ProblemIssue? Compare(ProblemFacts facts, FixedValue one, FixedValue other)
    {
        List<double[]> common = [.. Common(one.Condition, other.Condition)];
        if (common.Count == 0)
            return null;
        string name = facts.Problem.Names.NameOf(one.Derivative);
        foreach (double[] point in common)
        {
            (double left, double right) = (one.At(point), other.At(point));
            if (FixedValue.Differ(left, right))
                return ProblemFacts.Error($"the conditions '{one.Condition}' and '{other.Condition}' contradict each other: at {Places.Text(facts.Domain, point)} '{name}' would be {Places.Text(left)} and {Places.Text(right)}");
        }

        return ProblemFacts.Warning($"the conditions '{one.Condition}' and '{other.Condition}' say the same of '{name}'");
    }

    /// <summary>Points at which both hold: on sides that they share, and points of one that lie in the other.</summary>
    private static IEnumerable<double[]> Common(Condition one, Condition other)
    {
        foreach (Side side in one.Sides.Intersect(other.Sides))
        {
            Tensor<double> points = side.Points(Points, PointSequence.Grid, 1);
            for (int row = 0; row < points.Shape[0]; row++)
                yield return points.Row(row).ToArray();
        }

        foreach ((Condition pointed, Condition place) in (IEnumerable<(Condition, Condition)>)[(one, other), (other, one)])
        {
            for (int row = 0; row < (pointed.Points?.Shape[0] ?? 0); row++)
            {
                double[] point = pointed.Points!.Row(row).ToArray();
                bool holds = place.Points is null ? place.Sides.Any(side => side.Contains(point)) : Contains(place.Points, point);
                if (holds)
                    yield return point;
            }
        }
    }

    private static bool Contains(Tensor<double> points, double[] point) => Enumerable.Range(0, points.Shape[0]).Any(row => points.Row(row).SequenceEqual(point));
}
