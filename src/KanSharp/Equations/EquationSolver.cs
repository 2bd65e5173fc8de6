using KanSharp.Equations.Solving;

namespace KanSharp.Equations;

/// <summary>Solves differential equations with Kolmogorov-Arnold networks by collocation.</summary>
public static class EquationSolver
{
    /// <summary>Solves a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <exception cref="ArgumentException">The problem is not well posed (see <see cref="ProblemCheck"/>) or an option is out of range.</exception>
    public static EquationSolution Solve(EquationProblem problem, SolveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new SolveOptions();
        var clock = new SolveClock(options.TimeLimit, options.Cancellation);
        IReadOnlyList<ProblemIssue> warnings = ProblemCheck.Require(problem);
        return new SolveRun(problem, options, warnings.Select(warning => warning.Message), clock).Run();
    }
}
