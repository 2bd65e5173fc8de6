using KanSharp.Equations.Checks;

namespace KanSharp.Equations;

/// <summary>
/// Finds what is ill-posed in a problem before any training: missing, contradictory and excess conditions, names without meaning or use, coefficient functions that
/// are not finite, points outside the domain. Errors are only what is sure; what is merely unusual is a warning.
/// </summary>
public static class ProblemCheck
{
    /// <summary>Looks at a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <returns>Errors first; empty if nothing was found.</returns>
    public static IReadOnlyList<ProblemIssue> Find(EquationProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ProblemIssue[] names = [.. NameIssues.Find(problem)];
        if (names.Any(issue => issue.IsError))
            return [.. names];
        var facts = new ProblemFacts(problem);
        IEnumerable<ProblemIssue> issues =
        [
            .. names, .. UseIssues.Find(facts), .. CountIssues.Find(facts), .. AxisIssues.Find(facts), .. OrderIssues.Find(facts), .. ContradictionIssues.Find(facts),
            .. CornerIssues.Find(facts), .. GivenIssues.Find(facts), .. SingularIssues.Find(facts), .. PointIssues.Find(facts),
        ];
        return [.. issues.Distinct().OrderByDescending(issue => issue.IsError)];
    }

    /// <summary>Refuses a problem that is not well posed.</summary>
    /// <param name="problem">The problem.</param>
    /// <returns>The warnings.</returns>
    /// <exception cref="ArgumentException">There are errors; the message has all of them.</exception>
    public static IReadOnlyList<ProblemIssue> Require(EquationProblem problem)
    {
        IReadOnlyList<ProblemIssue> issues = Find(problem);
        string[] errors = [.. issues.Where(issue => issue.IsError).Select(issue => issue.Message)];
        return errors.Length == 0
            ? issues
            : throw new ArgumentException($"The problem is not well posed: {string.Join("; ", errors)}.", nameof(problem));
    }
}
