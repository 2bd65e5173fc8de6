using System.Diagnostics;
using System.Globalization;
using KanSharp.Benchmarks.Science;
using KanSharp.Interpretation;

namespace KanSharp.Benchmarks.Cases;

/// <summary>
/// Exact recovery on the 50 SRBench Feynman sets with at most three variables: 10,000 rows drawn uniformly, Gaussian noise on the target of the given share of its root mean square.
/// A formula is exact if on fresh points without noise its difference from the true one, or its ratio to it, is constant to 10⁻⁹; that is SRBench's rule, decided numerically.
/// </summary>
internal sealed class SrbenchCase : IBenchmarkCase
{
    public string Name => "srbench";

    public string Usage => "--formulas feynman.csv --noise 0,0.001,0.01 --rows 10000 --limit 60 --seed 0 --sets I_6_2,I_12_1";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        string path = options.Text("formulas", Path.Combine("..", "shared", "data", "formulas", "feynman.csv"));
        double[] levels = [.. options.Text("noise", "0,0.001,0.01").Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        int rows = options.Count("rows", 10_000), limit = options.Count("limit", 60), seed = options.Integer("seed", 0);
        string sets = options.Text("sets", "");
        options.RefuseUnread();
        IReadOnlyList<FormulaTask> tasks = FormulaFile.Read(path, sets.Length > 0 ? sets.Split(',') : FormulaFile.SmallSets);
        foreach (double noise in levels)
        {
            int exact = 0;
            var seconds = new List<double>();
            foreach (FormulaTask task in tasks)
            {
                var clock = Stopwatch.StartNew();
                DiscoveryResult result = FormulaDiscovery.Discover(
                    task.Sample(rows, (ulong)seed, noise), new DiscoveryOptions { Seed = (ulong)seed, TimeLimit = TimeSpan.FromSeconds(limit) });
                seconds.Add(clock.Elapsed.TotalSeconds);
                bool isExact = task.IsSolvedUpToAConstant(result.Pick.Formula);
                exact += isExact ? 1 : 0;
                yield return new Report(Name)
                    .Add("set", task.Name).Add("noise", noise).Add("exact", isExact).Add("seconds", seconds[^1]).Add("rmse", task.Error(result.Pick.Formula))
                    .Add("origin", result.Pick.Origin).Add("truth", task.Formula).Add("formula", result.Pick.Formula.ToString());
            }

            yield return new Report(Name)
                .Add("noise", noise).Add("sets", tasks.Count).Add("exact", exact).Add("share", (double)exact / tasks.Count)
                .Add("median_seconds", ScienceFit.Median(seconds)).Add("max_seconds", seconds.Max());
        }
    }
}
