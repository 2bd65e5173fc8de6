using KanSharp.Benchmarks.Equations;
using KanSharp.Equations;
using KanSharp.Equations.Problems;

namespace KanSharp.Benchmarks.Cases;

/// <summary>
/// The built-in differential equations. Table (default): medians over seeds of errors, time and size against the target, every run in problems.csv. Scaling: error against
/// grids and seconds. Pictures: solution and error of seed 0.
/// </summary>
internal sealed class EquationsCase : IBenchmarkCase
{
    public string Name => "equations";

    public string Usage => "--mode table|scaling|pictures --only poisson,ode --seeds 5 --limit SECONDS --grid 5,10,20,40 --degree 3,5 --data docs/data/equations --pictures docs/pictures/equations";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        string mode = options.Text("mode", "table"), only = options.Text("only", "");
        string data = options.Text("data", Path.Combine("docs", "data", "equations")), pictures = options.Text("pictures", Path.Combine("docs", "pictures", "equations"));
        int seeds = options.Count("seeds", 5);
        int[] grids = options.Counts("grid", "5,10,20,40"), degrees = options.Counts("degree", "3,5");
        double limit = options.Number("limit", 0);
        options.RefuseUnread();
        BuiltInProblem[] problems = only.Length == 0
            ? [.. BuiltInProblems.All]
            : [.. only.Split(',').Select(name => BuiltInProblems.Find(name) ?? throw new FormatException($"There is no problem '{name}'; there are {string.Join(", ", BuiltInProblems.All.Select(problem => problem.Name))}."))];
        return mode switch
        {
            "table" => Table(problems, seeds, limit, data),
            "scaling" => EquationScaling.Run(Name, seeds, grids, degrees, data, pictures),
            "pictures" => Pictures(problems, limit, pictures),
            _ => throw new FormatException($"--mode is table, scaling or pictures, got '{mode}'."),
        };
    }

    private IEnumerable<Report> Table(BuiltInProblem[] problems, int seeds, double limit, string data)
    {
        int met = 0, targets = 0;
        foreach (BuiltInProblem problem in problems)
        {
            var bench = new EquationBench(problem);
            var results = new List<EquationResult>();
            string stopped = "";
            for (int seed = 0; seed < seeds; seed++)
            {
                (EquationResult result, EquationSolution solution) = bench.Run(seed, used => Limited(used, limit));
                results.Add(result);
                stopped = solution.Report.StopReason.ToString();
            }

            EquationResult.Write(Path.Combine(data, "problems.csv"), results);
            var report = new Report(Name).Add("problem", problem.Name).Add("seeds", seeds);
            foreach (string measure in EquationResult.Measures.Append("ghia"))
            {
                if (EquationResult.Median(results, measure) is var median && !double.IsNaN(median))
                    report.Add(measure, median);
            }

            report.Add("relative_l2_max", EquationResult.Largest(results, "relative_l2")).Add("seconds_max", EquationResult.Largest(results, "seconds")).Add("stopped", stopped);
            if (EquationTarget.Of(problem.Name) is { } target)
            {
                report.Add("target", target.ToString()).Add("met", target.IsMet(results));
                (met, targets) = (met + (target.IsMet(results) ? 1 : 0), targets + 1);
            }

            yield return report;
        }

        yield return new Report(Name).Add("of", "targets met").Add("met", met).Add("targets", targets);
    }

    private IEnumerable<Report> Pictures(BuiltInProblem[] problems, double limit, string folder)
    {
        foreach (BuiltInProblem problem in problems)
        {
            var bench = new EquationBench(problem);
            (EquationResult result, EquationSolution solution) = bench.Run(0, used => Limited(used, limit));
            EquationPictures.Write(folder, bench, solution);
            yield return new Report(Name).Add("picture", $"{problem.Name}.svg").Add("relative_l2", result.Values.GetValueOrDefault("relative_l2", double.NaN)).Add("seconds", result.Values["seconds"]);
        }
    }

    private static SolveOptions Limited(SolveOptions options, double limit) => limit > 0 ? options with { TimeLimit = TimeSpan.FromSeconds(limit) } : options;
}
