using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Autodiff;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Benchmarks.Cases;

/// <summary>One training step of a network: forward, loss, backward, AdamW; its memory beside the bound that the project sets itself.</summary>
internal sealed class NetworkCase : IBenchmarkCase
{
    public string Name => "network";

    public string Usage => $"--widths 784,64,10 {BasisChoice.Usage} --batch 64 --loss ce|mse --dtype f32|f64 --threads 1 --samples 30";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        yield return options.IsDouble() ? Measure<double>(options) : Measure<float>(options);
    }

    private Report Measure<T>(CaseOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] widths = options.Widths("784,64,10");
        BasisChoice basis = BasisChoice.Read(options);
        int batch = options.Count("batch", 64), threads = options.Integer("threads", 1), samples = options.Count("samples", 30);
        string loss = options.Text("loss", "ce");
        if (loss is not ("ce" or "mse"))
            throw new FormatException($"--loss is ce (cross-entropy) or mse (mean squared error), got '{loss}'.");
        bool isDouble = options.IsDouble();
        options.RefuseUnread();
        using var executor = new Executor(threads);

        // a tiny step first: the code it makes the runtime compile is no memory of the measured step
        new TrainingStep<T>(KanNetwork<T>.Create([2, 2, 2], basis.Options), 2, loss, executor).Run();

        KanNetwork<T> network = KanNetwork<T>.Create(widths, basis.Options);
        Tensor<T> x = Samples.Uniform<T>(new Shape(batch, widths[0]), 1);
        long liveBefore = ProcessMemory.LiveObjects();
        TrainingStep<T>? step = null;
        long? residentGrowth = ProcessMemory.PeakGrowth(() =>
        {
            step = new TrainingStep<T>(network, x, loss, executor);
            for (int count = 0; count < 3; count++)
                step.Run();
        });
        long extra = ProcessMemory.LiveObjects() - liveBefore;
        long parameters = network.CountParameters(), activations = (long)batch * widths.Skip(1).Sum();

        Timing[] timings = Sampler.Alternate(
            [new Probe(step!.Forward), new Probe(step.Predict), new Probe(step.ForwardBackward), new Probe(step.Run)], samples);
        double allocated = ProcessMemory.AllocatedBy(step.Run);
        GC.KeepAlive(x);
        var report = new Report(Name)
            .Add("widths", string.Join(',', widths)).Add("basis", basis.Name).Add("grid", basis.Intervals).Add("degree", basis.Degree)
            .Add("batch", batch).Add("loss", loss).Add("dtype", isDouble ? "f64" : "f32").Add("threads", executor.Threads)
            .AddSummary("train_step", timings[3])
            .Add("forward", timings[0])
            .Add("predict", timings[1])
            .Add("forward_backward", timings[2])
            .Add("train_step", timings[3])
            .Add("samples_per_s", batch / timings[3].Median * 1e6)
            .Add("step_bytes_allocated", allocated)
            .Add("parameters", parameters)
            .Add("activations", activations)
            .Add("extra_bytes", extra)
            .Add("bound_bytes", 2 * (activations + 4 * parameters) * Unsafe.SizeOf<T>());
        if (residentGrowth is { } growth)
            report.Add("resident_growth_bytes", growth);
        return report.Add("peak_rss_mb", ProcessMemory.PeakResident / 1e6);
    }
}
