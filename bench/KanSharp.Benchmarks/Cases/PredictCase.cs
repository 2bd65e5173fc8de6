using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Autodiff;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Benchmarks.Cases;

/// <summary>A prediction: latency of small networks, and for those bound by memory the bytes that had to be read over the time.</summary>
internal sealed class PredictCase : IBenchmarkCase
{
    public string Name => "predict";

    public string Usage => $"--widths 4,5,1 {BasisChoice.Usage} --batch 1 --dtype f32|f64 --threads 1 --samples 100";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        yield return options.IsDouble() ? Measure<double>(options) : Measure<float>(options);
    }

    private Report Measure<T>(CaseOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] widths = options.Widths("4,5,1");
        BasisChoice basis = BasisChoice.Read(options);
        int batch = options.Count("batch", 1), threads = options.Integer("threads", 1), samples = options.Count("samples", 100);
        bool isDouble = options.IsDouble();
        options.RefuseUnread();
        using var executor = new Executor(threads);
        KanNetwork<T> network = KanNetwork<T>.Create(widths, basis.Options);
        Tensor<T> x = Samples.Uniform<T>(new Shape(batch, widths[0]), 1);
        var y = new T[batch * widths[^1]];

        Timing timing = Sampler.Measure(Predict, samples);
        double peakMegabytes = ProcessMemory.PeakResident / 1e6, allocated = ProcessMemory.AllocatedBy(Predict);
        long edges = widths.Zip(widths.Skip(1), (inputs, outputs) => (long)inputs * outputs).Sum();
        long touched = edges * Math.Min((long)batch * (basis.Degree + 1), basis.Intervals + basis.Degree) + edges;
        touched *= Unsafe.SizeOf<T>();
        return new Report(Name)
            .Add("widths", string.Join(',', widths)).Add("basis", basis.Name).Add("grid", basis.Intervals).Add("degree", basis.Degree)
            .Add("batch", batch).Add("dtype", isDouble ? "f64" : "f32").Add("threads", executor.Threads)
            .AddSummary("predict", timing)
            .Add("predict", timing)
            .Add("samples_per_s", batch / timing.Median * 1e6)
            .Add("predict_bytes_allocated", allocated)
            .Add("parameter_bytes", network.CountParameters() * Unsafe.SizeOf<T>())
            .Add("touched_bytes", touched)
            .Add("gb_per_s", touched / timing.Median * 1e-3)
            .Add("read_bandwidth_gb_per_s", ReadBandwidth.GigaBytesPerSecond(ReadBandwidth.Large))
            .Add("read_bandwidth_same_size_gb_per_s", ReadBandwidth.GigaBytesPerSecond(touched))
            .Add("peak_rss_mb", peakMegabytes);

        void Predict() => network.Predict(x.Span, y, batch, executor);
    }
}
