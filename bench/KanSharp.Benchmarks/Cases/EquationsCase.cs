using KanSharp.Benchmarks.Equations;
using KanSharp.Equations.Problems;

namespace KanSharp.Benchmarks.Cases;

/// <summary>
/// The built-in differential equations, each with its own options: medians over seeds of errors against solutions that were computed by other means, and of seconds.
/// With --svg FOLDER pictures of the first seed's solution; with --scaling errors against grids and seconds.
/// </summary>
internal sealed class EquationsCase : IBenchmarkCase
{
    public string Name => "equations";

    public string Usage => "--problems all --seeds 5 --limit 60 --svg FOLDER --scaling";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        string names = options.Text("problems", "all"), folder = options.Text("svg", "");
        int seeds = options.Count("seeds", 5);
        double limit = options.Number("limit", 60);
        bool scaling = options.Flag("scaling");
        options.RefuseUnread();
        if (scaling)
            return new EquationScaling(seeds, folder).Run();
        string[] unknown = [.. names.Split(',').Where(name => name != "all" && BuiltInProblems.Find(name) is null)];
        if (unknown.Length > 0)
            throw new FormatException($"--problems: there is no '{unknown[0]}'; known are all, {string.Join(", ", BuiltInProblems.All.Select(problem => problem.Name))}.");
        BuiltInProblem[] problems = [.. BuiltInProblems.All.Where(problem => names == "all" || names.Split(',').Contains(problem.Name))];
        return problems.Select((problem, index) => new EquationRuns(problem, seeds, TimeSpan.FromSeconds(limit), folder).Run(warm: index == 0));
    }
}
