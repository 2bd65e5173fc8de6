using KanSharp.Benchmarks.Science;

namespace KanSharp.Benchmarks.Cases;

/// <summary>
/// exp(½(sin π(x₁²+x₂²) + sin π(x₃²+x₄²))) from 3,000 points with the paper's two shapes, or one that is named: test error and seconds; medians over seeds.
/// </summary>
internal sealed class DeepToyCase : IBenchmarkCase
{
    private static readonly ToyDefaults[] Shapes =
    [
        new("4,2,1,1", "2,5,10,20,40") { Train = 3000, Starts = 12, SlopeFrom = 5 },
        new("4,4,2,1", "4,10,20,40") { Train = 3000, Starts = 12, StartEpochs = 30, Survivors = 6, SlopeFrom = 10 },
    ];

    public string Name => "deep-toy";

    public string Usage => $"--widths 4,2,1,1 {ToyRuns.Usage}";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        string widths = options.Text("widths", "");
        return Shapes.Where(shape => widths.Length == 0 || shape.Widths == widths).DefaultIfEmpty(Shapes[0] with { Widths = widths })
            .SelectMany(shape => ToyRuns.Run(Name, ScienceTask.DeepToy, options, shape));
    }
}
