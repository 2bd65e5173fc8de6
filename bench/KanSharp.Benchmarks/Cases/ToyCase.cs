using KanSharp.Benchmarks.Science;

namespace KanSharp.Benchmarks.Cases;

/// <summary>exp(sin πx + y²) on grids of 10 to 100 intervals: test error, slope of log error against log G, seconds; medians over seeds.</summary>
internal sealed class ToyCase : IBenchmarkCase
{
    public string Name => "toy";

    public string Usage => "--seeds 10 --train 1000 --test 1000 --widths 2,1,1 --grid 2,5,10,20,50,100 --starts 4 --epochs 40 --degree 3 --curve";

    public IEnumerable<Report> Run(CaseOptions options) =>
        ToyRuns.Run(Name, ScienceTask.Toy, options, defaults: ("2,1,1", "2,5,10,20,50,100", 1000, 4), slopeFrom: 10);
}
