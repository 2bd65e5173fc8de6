using KanSharp.Benchmarks.Science;

namespace KanSharp.Benchmarks.Cases;

/// <summary>exp(½(sin π(x₁²+x₂²) + sin π(x₃²+x₄²))) from 3,000 points: test error and seconds; medians over seeds.</summary>
internal sealed class DeepToyCase : IBenchmarkCase
{
    public string Name => "deep-toy";

    public string Usage => "--seeds 10 --train 3000 --test 1000 --widths 4,2,1,1 --grid 2,5,10,20,40 --starts 12 --epochs 40 --degree 3 --curve";

    public IEnumerable<Report> Run(CaseOptions options) =>
        ToyRuns.Run(Name, ScienceTask.DeepToy, options, defaults: ("4,2,1,1", "2,5,10,20,40", 3000, 12), slopeFrom: 5);
}
