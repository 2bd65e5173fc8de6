using System.Diagnostics;
using KanSharp.Benchmarks.Science;
using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Networks;

namespace KanSharp.Benchmarks.Cases;

/// <summary>
/// The first example of KANs, automatically: [2,5,1] on exp(sin πx + y²), 1,000 points, is trained, made sparse, pruned, refined, made symbolic and polished. A seed counts as
/// exact if the formula that was picked has a root mean squared error of at most 10⁻¹⁰ on fresh points; seconds are those of the whole way, data and check not counted.
/// </summary>
internal sealed class HelloCase : IBenchmarkCase
{
    private const double Exact = 1e-10;

    private static readonly FormulaTask Task = new("hello", "exp(sin(pi*x)+y^2)", "2,5,1", 7e-11, ("x", -1, 1), ("y", -1, 1));

    public string Name => "hello";

    public string Usage => "--seeds 100 --samples 1000 --shape 2,5,1";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        int seeds = options.Count("seeds", 100), samples = options.Count("samples", 1000);
        NetworkShape shape = NetworkShape.Parse(options.Text("shape", Task.Shape));
        options.RefuseUnread();
        Find(shape, samples, 1000); // compiles the code
        var seconds = new List<double>();
        var errors = new List<double>();
        int exact = 0;
        for (int seed = 0; seed < seeds; seed++)
        {
            (DiscoveryResult result, double elapsed) = Find(shape, samples, (ulong)seed);
            double error = Task.Error(result.Pick.Formula);
            bool isExact = error <= Exact;
            exact += isExact ? 1 : 0;
            seconds.Add(elapsed);
            errors.Add(error);
            yield return new Report(Name)
                .Add("seed", seed).Add("is_exact", isExact).Add("rmse", error).Add("seconds", elapsed).Add("formula", result.Pick.Formula.ToString());
        }

        yield return new Report(Name)
            .Add("seeds", seeds).Add("exact", exact).Add("median_seconds", ScienceFit.Median(seconds)).Add("max_seconds", seconds.Max())
            .Add("median_rmse", ScienceFit.Median(errors)).Add("max_rmse", errors.Max());
    }

    private static (DiscoveryResult Result, double Seconds) Find(NetworkShape shape, int samples, ulong seed)
    {
        Dataset<double> data = Task.Sample(samples, seed);
        var clock = Stopwatch.StartNew();
        DiscoveryResult result = FormulaDiscovery.Discover(data, new DiscoveryOptions { Shapes = [shape], UseTerms = false, Seed = seed });
        return (result, clock.Elapsed.TotalSeconds);
    }
}
