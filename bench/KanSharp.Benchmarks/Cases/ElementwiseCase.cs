using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Benchmarks.Cases;

/// <summary>Nanoseconds per element of functions on arrays.</summary>
internal sealed class ElementwiseCase : IBenchmarkCase
{
    public string Name => "elementwise";

    public string Usage => $"--function silu --order 0 --n 16384 --dtype f32|f64 --threads 1 --samples 50   (functions: {ElementwiseFunctions.Names})";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        yield return options.IsDouble() ? Measure<double>(options) : Measure<float>(options);
    }

    private Report Measure<T>(CaseOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string name = options.Text("function", "silu").ToLowerInvariant();
        int order = options.Integer("order", 0), count = options.Count("n", 16384);
        int threads = options.Integer("threads", 1), samples = options.Count("samples", 50);
        bool isDouble = options.IsDouble();
        options.RefuseUnread();
        using var executor = new Executor(threads);
        T[] x = Samples.Uniform<T>(new Shape(count), 1).Span.ToArray(), y = Samples.Uniform<T>(new Shape(count), 2).Span.ToArray();
        for (int i = 0; i < x.Length; i++)
            x[i] = name == "log" ? T.Abs(x[i]) + T.CreateTruncating(1e-3) : x[i] * T.CreateTruncating(4);
        int pieces = executor.Threads;
        var work = new Pieces<T>(x, y, ElementwiseFunctions.Find<T>(name, order, executor.Width), pieces);

        Timing timing = Sampler.Measure(() => executor.Run(work, pieces), samples);
        return new Report(Name)
            .Add("function", name).Add("order", order).Add("count", count).Add("dtype", isDouble ? "f64" : "f32").Add("threads", executor.Threads)
            .AddSummary("elementwise", timing)
            .Add("ns_per_element", timing.Median * 1e3 / count)
            .Add("ns_per_element_min", timing.Minimum * 1e3 / count)
            .Add("gb_per_s", (double)ElementwiseFunctions.BytesMoved<T>(name) * count / timing.Median * 1e-3);
    }

    /// <summary>The array in as many pieces as there are threads.</summary>
    private sealed class Pieces<T>(T[] x, T[] y, SpanFunction<T> function, int pieces) : ParallelWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Execute(int piece)
        {
            int start = (int)((long)x.Length * piece / pieces), end = (int)((long)x.Length * (piece + 1) / pieces);
            if (end > start)
                function(x.AsSpan(start, end - start), y.AsSpan(start, end - start));
        }
    }
}
