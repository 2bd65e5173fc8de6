using System.Diagnostics;
using KanSharp.Interpretation;

namespace KanSharp.Benchmarks.Science;

/// <summary>Formula searches over a list of tasks, with everything chosen automatically.</summary>
internal static class FormulaRuns
{
    /// <summary>Smaller errors are rounding and count as this much in a geometric mean.</summary>
    private const double Rounding = 1e-15;

    public static IEnumerable<Report> Run(string name, IReadOnlyList<FormulaTask> tasks, CaseOptions options, int samples, int seeds, int limit)
    {
        samples = options.Count("samples", samples);
        seeds = options.Count("seeds", seeds);
        limit = options.Count("limit", limit);
        double noise = options.Number("noise", 0);
        string only = options.Text("only", "");
        options.RefuseUnread();
        string[] chosen = only.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var errors = new List<double>();
        int exact = 0, runs = 0;
        foreach (FormulaTask task in tasks.Where(task => chosen.Length == 0 || chosen.Contains(task.Name)))
        {
            for (int seed = 0; seed < seeds; seed++)
            {
                var clock = Stopwatch.StartNew();
                DiscoveryResult result = FormulaDiscovery.Discover(
                    task.Sample(samples, (ulong)seed, noise), new DiscoveryOptions { Seed = (ulong)seed, TimeLimit = TimeSpan.FromSeconds(limit) });
                double seconds = clock.Elapsed.TotalSeconds, error = task.Error(result.Pick.Formula);
                bool isExact = task.IsSolvedBy(result.Pick.Formula);
                exact += isExact ? 1 : 0;
                runs++;
                errors.Add(Math.Max(error, Rounding));
                yield return new Report(name)
                    .Add("task", task.Name).Add("seed", seed).Add("exact", isExact).Add("rmse", error).Add("reference", task.Reference).Add("reference_shape", task.Shape).Add("seconds", seconds)
                    .Add("network_rmse", result.Network?.Rmse ?? double.NaN).Add("network", result.Network?.Network.Shape.ToString() ?? "none")
                    .Add("origin", result.Pick.Origin).Add("complexity", result.Pick.Complexity).Add("formula", result.Pick.Formula.ToString());
            }
        }

        yield return new Report(name)
            .Add("runs", runs).Add("exact", exact).Add("geometric_mean_rmse", errors.Count == 0 ? double.NaN : Math.Exp(errors.Average(Math.Log)));
    }
}
