using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Benchmarks.Cases;

/// <summary>One KAN layer: forward pass, its gradients one by one, and a whole forward and backward pass.</summary>
internal sealed class LayerCase : IBenchmarkCase
{
    public string Name => "layer";

    public string Usage => "--in 256 --out 256 --grid 5 --degree 3 --batch 1024 --dtype f32|f64 --threads 1 --samples 30";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        yield return options.IsDouble() ? Measure<double>(options) : Measure<float>(options);
    }

    private Report Measure<T>(CaseOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int inputs = options.Integer("in", 256), outputs = options.Integer("out", 256), batch = options.Integer("batch", 1024);
        var basis = new BSplineOptions { Intervals = options.Integer("grid", 5), Degree = options.Integer("degree", 3) };
        int threads = options.Integer("threads", 1), samples = options.Integer("samples", 30);
        bool isDouble = options.IsDouble();
        options.RefuseUnread();
        using var executor = new Executor(threads);
        KanLinear<T> layer = KanLinear<T>.Create(inputs, outputs, basis, new SplitRandom(0));
        var tape = new Tape<T>(executor);
        Tensor<T> x = Uniform<T>(new Shape(batch, inputs), 1);
        Tensor<T> cotangent = Uniform<T>(new Shape(batch, outputs), 2);
        Var<T> y = default;
        double peakBefore = FmaPeak.GigaFlops(isDouble);

        Timing forward = Sampler.Measure(Predict, samples);
        layer.SetTrainable(false);
        layer.SetTrainable(true, "coefficients");
        Timing coefficients = Sampler.Measure(() => Forward(tape.Constant), () => tape.Backward(y, cotangent.Span), samples);
        layer.SetTrainable(false);
        Timing input = Sampler.Measure(() => Forward(tape.Input), () => tape.Backward(y, cotangent.Span), samples);
        layer.SetTrainable(true);
        Timing step = Sampler.Measure(Step, samples);
        const int Steps = 10;
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int count = 0; count < Steps; count++)
            Step();
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        double peak = Math.Max(peakBefore, FmaPeak.GigaFlops(isDouble));
        double work = 2.0 * batch * inputs * outputs * (basis.Degree + 2);
        double rate = work / forward.Median * 1e-3;
        return new Report(Name)
            .Add("in", inputs).Add("out", outputs).Add("grid", basis.Intervals).Add("degree", basis.Degree).Add("batch", batch)
            .Add("dtype", isDouble ? "f64" : "f32").Add("threads", executor.Threads)
            .Add("forward_us", forward.Median).Add("forward_min_us", forward.Minimum)
            .Add("coefficient_gradient_us", coefficients.Median).Add("coefficient_gradient_min_us", coefficients.Minimum)
            .Add("input_gradient_us", input.Median).Add("input_gradient_min_us", input.Minimum)
            .Add("step_us", step.Median).Add("step_min_us", step.Minimum)
            .Add("gflops_forward", rate)
            .Add("fma_peak_gflops", peak)
            .Add("fraction_of_peak", rate / (peak * executor.Threads))
            .Add("gflops_step", 3 * work / step.Median * 1e-3)
            .Add("step_bytes_allocated", (double)allocated / Steps);

        void Predict()
        {
            tape.Reset();
            tape.RecordsGradients = false;
            y = layer.Forward(tape.Constant(x));
        }

        void Forward(Func<Tensor<T>, Var<T>> leaf)
        {
            tape.Reset();
            tape.RecordsGradients = true;
            y = layer.Forward(leaf(x));
        }

        void Step()
        {
            tape.Reset();
            tape.RecordsGradients = true;
            y = layer.Forward(tape.Input(x));
            tape.Backward(y, cotangent.Span);
        }
    }

    private static Tensor<T> Uniform<T>(Shape shape, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var tensor = new Tensor<T>(shape);
        foreach (ref T value in tensor.Span)
            value = T.CreateTruncating(2 * random.NextDouble() - 1);
        return tensor;
    }
}
