using KanSharp.Autodiff;

namespace KanSharp.Equations.Checks;

/// <summary>Points of conditions and data that lie outside the domain or are not finite.</summary>
internal static class PointIssues
{
    private const double Slack = 1e-9;

    public static IEnumerable<ProblemIssue> Find(ProblemFacts facts)
    {
        foreach (Condition condition in facts.Problem.Conditions)
        {
            if (condition.Points is { } points && Outside(facts, points) is { } where)
                yield return ProblemFacts.Error($"the condition '{condition}': {where}");
        }

        foreach (Observations data in facts.Problem.Data)
        {
            if (data.Points.Shape.Rank == 2 && data.Points.Shape[0] != data.Values.Count)
                yield return ProblemFacts.Error($"the data of '{data.Unknown}' have {data.Points.Shape[0]} points and {data.Values.Count} values");
            if (data.Values.Any(value => !double.IsFinite(value)))
                yield return ProblemFacts.Error($"the data of '{data.Unknown}' hold values that are not finite");
            if (Outside(facts, data.Points) is { } where)
                yield return ProblemFacts.Error($"the data of '{data.Unknown}': {where}");
        }
    }

    private static string? Outside(ProblemFacts facts, Tensor<double> points)
    {
        int dimension = facts.Domain.Dimension;
        if (points.Shape.Rank != 2 || points.Shape[1] != dimension)
            return $"points have shape [N, {dimension}], here it is {points.Shape}";
        int[] rows = [.. Enumerable.Range(0, points.Shape[0]).Where(row => !facts.Domain.Contains(points.Row(row), Slack))];
        return rows.Length == 0
            ? null
            : $"{rows.Length} of {points.Shape[0]} points lie outside the domain {facts.Domain}, the first at {Places.Text(facts.Domain, points.Row(rows[0]))}";
    }
}
