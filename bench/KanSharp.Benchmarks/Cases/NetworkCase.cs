using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Benchmarks.Cases;

/// <summary>One training step of a classifier: forward, cross-entropy, backward, AdamW.</summary>
internal sealed class NetworkCase : IBenchmarkCase
{
    public string Name => "network";

    public string Usage => "--widths 784,64,10 --grid 5 --degree 3 --batch 64 --dtype f32|f64 --threads 1 --samples 30";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        yield return options.IsDouble() ? Measure<double>(options) : Measure<float>(options);
    }

    private Report Measure<T>(CaseOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string text = options.Text("widths", "784,64,10");
        int[] widths = [.. text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            ? width
            : throw new FormatException($"--widths is a list of whole numbers like 784,64,10, got '{text}'."))];
        var basis = new BSplineOptions { Intervals = options.Integer("grid", 5), Degree = options.Integer("degree", 3) };
        int batch = options.Integer("batch", 64), threads = options.Integer("threads", 1), samples = options.Integer("samples", 30);
        bool isDouble = options.IsDouble();
        options.RefuseUnread();
        using var executor = new Executor(threads);
        KanNetwork<T> network = KanNetwork<T>.Create(widths, basis);
        FirstOrderOptimizer<T> optimizer = new AdamW().Bind(network, executor);
        var loss = new CrossEntropy();
        var tape = new Tape<T>(executor) { Training = true };
        var random = new Random(1);
        var x = new Tensor<T>(new Shape(batch, widths[0]));
        foreach (ref T value in x.Span)
            value = T.CreateTruncating(2 * random.NextDouble() - 1);
        int[] labels = [.. Enumerable.Range(0, batch).Select(_ => random.Next(widths[^1]))];

        Timing predict = Sampler.Measure(Predict, samples);
        Timing step = Sampler.Measure(Step, samples);
        const int Steps = 10;
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int count = 0; count < Steps; count++)
            Step();
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        return new Report(Name)
            .Add("widths", text).Add("grid", basis.Intervals).Add("degree", basis.Degree).Add("batch", batch)
            .Add("dtype", isDouble ? "f64" : "f32").Add("threads", executor.Threads)
            .Add("predict_us", predict.Median)
            .Add("train_step_us", step.Median).Add("train_step_min_us", step.Minimum)
            .Add("samples_per_s", batch / step.Median * 1e6)
            .Add("step_bytes_allocated", (double)allocated / Steps);

        void Predict()
        {
            tape.Reset();
            tape.RecordsGradients = false;
            network.Forward(tape.Constant(x));
        }

        void Step()
        {
            tape.Reset();
            tape.RecordsGradients = true;
            optimizer.ClearGradients();
            tape.Backward(loss.Of(network.Forward(tape.Constant(x)), labels));
            optimizer.Step();
        }
    }
}
