using KanSharp.Benchmarks.Science;

namespace KanSharp.Benchmarks.Cases;

/// <summary>
/// exp(sin πx + y²) on grids of 10 to 100 intervals from 1,000 points, then to 300 from 20,000, or as the options say: test error, slope of log error against log
/// G, seconds; medians over seeds.
/// </summary>
internal sealed class ToyCase : IBenchmarkCase
{
    public string Name => "toy";

    public string Usage => $"--widths 2,1,1 {ToyRuns.Usage}";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        string widths = options.Text("widths", "2,1,1");
        ToyDefaults[] sizes =
        [
            new(widths, "2,5,10,20,50,100") { Train = 1000, Starts = 4, SlopeFrom = 10 },
            new(widths, "2,5,10,20,50,100,200,300") { Train = 20_000, Starts = 2, SlopeFrom = 10 },
        ];
        bool given = options.Text("train", "").Length > 0 || options.Text("grid", "").Length > 0;
        return sizes.Take(given ? 1 : 2).SelectMany(size => ToyRuns.Run(Name, ScienceTask.Toy, options, size));
    }
}
