using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Benchmarks.Cases;

/// <summary>One KAN layer: forward pass, its gradients one by one, and a whole forward and backward pass.</summary>
internal sealed class LayerCase : IBenchmarkCase
{
    private enum Trained
    {
        All,
        Coefficients,
        Nothing,
    }

    public string Name => "layer";

    public string Usage => $"--in 256 --out 256 {BasisChoice.LayerUsage} --batch 1024 --dtype f32|f64 --threads 1 --samples 30";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        yield return options.IsDouble() ? Measure<double>(options) : Measure<float>(options);
    }

    private Report Measure<T>(CaseOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int inputs = options.Count("in", 256), outputs = options.Count("out", 256), batch = options.Count("batch", 1024);
        BasisChoice basis = BasisChoice.Read(options, singleLayer: true);
        int threads = options.Integer("threads", 1), samples = options.Count("samples", 30);
        bool isDouble = options.IsDouble();
        options.RefuseUnread();
        using var executor = new Executor(threads);
        Module<T> layer = basis.CreateLayer<T>(inputs, outputs);
        var tape = new Tape<T>(executor);
        Tensor<T> x = Samples.Uniform<T>(new Shape(batch, inputs), 1);
        Tensor<T> cotangent = Samples.Uniform<T>(new Shape(batch, outputs), 2);
        Var<T> y = default;
        Trained trained = Trained.All;
        double peakBefore = FmaPeak.GigaFlops(isDouble);

        Timing[] timings = Sampler.Alternate(
            [
                new Probe(Predict),
                new Probe(Backward, () => Forward(Constant(), Trained.Coefficients)),
                new Probe(Backward, () => Forward(Input(), Trained.Nothing)),
                new Probe(Backward, () => Forward(Input(), Trained.All)),
                new Probe(Step),
            ],
            samples);
        Timing forward = timings[0], step = timings[4];
        double allocated = ProcessMemory.AllocatedBy(Step);

        double peak = Math.Max(peakBefore, FmaPeak.GigaFlops(isDouble));
        double work = 2.0 * batch * inputs * outputs * basis.ActiveTerms;
        double rate = work / forward.Median * 1e-3;
        return new Report(Name)
            .Add("in", inputs).Add("out", outputs).Add("basis", basis.Name).Add("grid", basis.Intervals).Add("degree", basis.Degree)
            .Add("batch", batch).Add("dtype", isDouble ? "f64" : "f32").Add("threads", executor.Threads)
            .AddSummary("step", step)
            .Add("forward", forward)
            .Add("coefficient_gradient", timings[1])
            .Add("input_gradient", timings[2])
            .Add("backward", timings[3])
            .Add("step", step)
            .Add("gflops_forward", rate)
            .Add("fma_peak_gflops", peak)
            .Add("fraction_of_peak", rate / (peak * executor.Threads))
            .Add("gflops_step", 3 * work / step.Median * 1e-3)
            .Add("fraction_of_peak_step", 3 * work / step.Median * 1e-3 / (peak * executor.Threads))
            .Add("step_bytes_allocated", allocated)
            .Add("peak_rss_mb", ProcessMemory.PeakResident / 1e6);

        void Predict()
        {
            tape.RecordsGradients = false;
            y = layer.Forward(Constant());
        }

        void Train(Trained wanted)
        {
            if (trained == wanted)
                return;
            trained = wanted;
            layer.SetTrainable(wanted == Trained.All);
            if (wanted == Trained.Coefficients)
                layer.SetTrainable(true, "coefficients");
        }

        void Forward(Var<T> leaf, Trained wanted)
        {
            Train(wanted);
            tape.RecordsGradients = true;
            y = layer.Forward(leaf);
        }

        Var<T> Constant()
        {
            tape.Reset();
            return tape.Constant(x);
        }

        Var<T> Input()
        {
            tape.Reset();
            return tape.Input(x);
        }

        void Backward() => tape.Backward(y, cotangent.Span);

        void Step()
        {
            Forward(Input(), Trained.All);
            Backward();
        }
    }
}
