using KanSharp.Benchmarks.Science;

namespace KanSharp.Benchmarks.Cases;

/// <summary>
/// Formulas of pykan's tutorials, found automatically from 1,000 samples without noise: test error of the formula that was picked, whether it is the same function on fresh
/// points, seconds. Then the three that are no formula of a table.
/// </summary>
internal sealed class TutorialsCase : IBenchmarkCase
{
    public string Name => "tutorials";

    public string Usage => "--seeds 3 --samples 1000 --limit 60 --only product,bessel";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        int seeds = options.Count("seeds", 3);
        bool all = options.Text("only", "").Length == 0;
        foreach (Report report in FormulaRuns.Run(Name, TutorialTasks.All, options, samples: 1000, seeds: 3, limit: 60))
            yield return report;
        for (int seed = 0; seed < seeds && all; seed++)
        {
            yield return TutorialExtras.FivePeaks(seed);
            yield return TutorialExtras.Moons(seed);
            yield return TutorialExtras.Relations(seed);
        }
    }
}
