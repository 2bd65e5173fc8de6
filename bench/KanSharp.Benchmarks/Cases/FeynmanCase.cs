using KanSharp.Benchmarks.Science;

namespace KanSharp.Benchmarks.Cases;

/// <summary>The 27 dimensionless Feynman functions of the KAN paper, found automatically; the last line has the geometric mean of the test errors.</summary>
internal sealed class FeynmanCase : IBenchmarkCase
{
    public string Name => "feynman";

    public string Usage => "--seeds 3 --samples 1000 --limit 60 --only I.6.2,II.38.3";

    public IEnumerable<Report> Run(CaseOptions options) => FormulaRuns.Run(Name, FeynmanTasks.All, options, samples: 1000, seeds: 3, limit: 60);
}
