using KanSharp.Autodiff;
using KanSharp.Equations.Domains;

namespace KanSharp.Equations.Checks;

/// <summary>Values of an unknown that differ where two sides meet: the solution has a jump there.</summary>
internal static class CornerIssues
{
    private const int Points = 9;

    public static IEnumerable<ProblemIssue> Find(ProblemFacts facts)
    {
        FixedValue[] values = [.. facts.Fixed.Where(value => value.Derivative.Partial.Order == 0)];
        for (int first = 0; first < values.Length; first++)
        {
            for (int second = first + 1; second < values.Length; second++)
            {
                if (values[first].Derivative == values[second].Derivative && Mismatch(facts, values[first], values[second]) is { } issue)
                    yield return issue;
            }
        }

        foreach (Condition period in facts.Problem.Conditions.Where(condition => condition.IsPeriodic))
        {
            foreach (FixedValue value in values)
            {
                if (Jump(facts, period, value) is { } issue)
                    yield return issue;
            }
        }
    }

    private static ProblemIssue? Mismatch(ProblemFacts facts, FixedValue one, FixedValue other)
    {
        foreach (Side left in one.Condition.Sides.Except(other.Condition.Sides))
        {
            foreach (Side right in other.Condition.Sides.Except(one.Condition.Sides))
            {
                foreach (double[] corner in Corners(facts.Domain, left, right))
                {
                    (double a, double b) = (one.At(corner), other.At(corner));
                    if (FixedValue.Differ(a, b))
                        return ProblemFacts.Warning($"the conditions '{one.Condition}' and '{other.Condition}' do not agree where {left} and {right} meet: at {Places.Text(facts.Domain, corner)} '{facts.Name(one.Derivative.Field)}' would be {Places.Text(a)} and {Places.Text(b)}; the error is large near there");
                }
            }
        }

        return null;
    }

    /// <summary>A prescribed value that is not periodic.</summary>
    private static ProblemIssue? Jump(ProblemFacts facts, Condition period, FixedValue value)
    {
        foreach (Side side in value.Condition.Sides.Where(side => !period.Sides.Contains(side)))
        {
            foreach (double[] corner in Corners(facts.Domain, side, period.Sides[0]))
            {
                double[] partner = [.. corner];
                partner[period.Sides[1].Axis!.Value] = period.Sides[1].Value!.Value;
                (double a, double b) = (value.At(corner), value.At(partner));
                if (FixedValue.Differ(a, b))
                    return ProblemFacts.Warning($"the condition '{value.Condition}' is not periodic: {Places.Text(a)} at {Places.Text(facts.Domain, corner)} and {Places.Text(b)} at {Places.Text(facts.Domain, partner)}");
            }
        }

        return null;
    }

    /// <summary>Points that two sides share: points of one moved onto the other where that is flat, and corners of a polygon.</summary>
    private static IEnumerable<double[]> Corners(Domain domain, Side left, Side right)
    {
        List<double[]> candidates = [.. Projected(left, right), .. Projected(right, left)];
        Domain space = domain is TimeDomain { Space: var inner } ? inner : domain;
        if (space is Polygon polygon)
        {
            TimeDomain? time = domain as TimeDomain;
            foreach ((double x, double y) in polygon.Corners)
            {
                var point = new double[domain.Dimension];
                if (time is null)
                    (point[0], point[1]) = (x, y);
                else
                    time.Join([x, y], (time.Time.Start + time.Time.End) / 2, point);
                candidates.Add(point);
            }
        }

        return candidates.Where(point => left.Contains(point) && right.Contains(point));
    }

    private static IEnumerable<double[]> Projected(Side from, Side onto)
    {
        if (onto.Axis is not int axis)
            yield break;
        Tensor<double> points = from.Points(Points, PointSequence.Grid, 1);
        for (int row = 0; row < points.Shape[0]; row++)
        {
            double[] point = points.Row(row).ToArray();
            point[axis] = onto.Value!.Value;
            yield return point;
        }
    }
}
