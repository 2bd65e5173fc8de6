using KanSharp.Benchmarks.Science;

namespace KanSharp.Benchmarks.Cases;

/// <summary>exp(sin πx + y²) on grids of 10 to 100 intervals: test error, slope of log error against log G, seconds; medians over seeds.</summary>
internal sealed class ToyCase : IBenchmarkCase
{
    public string Name => "toy";

    public string Usage => $"--widths 2,1,1 {ToyRuns.Usage}";

    public IEnumerable<Report> Run(CaseOptions options) => ToyRuns.Run(
        Name, ScienceTask.Toy, options, new ToyDefaults(options.Text("widths", "2,1,1"), "2,5,10,20,50,100") { Train = 1000, Starts = 4, SlopeFrom = 10 });
}
