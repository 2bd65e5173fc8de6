using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Benchmarks.Cases;

/// <summary>
/// A layer of every family: forward pass without gradients, and a step (forward and all gradients, the input's included), all families in turn in one run. With
/// --memory the bytes by which the first steps of one family raise the peak of a fresh process.
/// </summary>
internal sealed class FamiliesCase : IBenchmarkCase
{
    private static readonly Dictionary<string, Func<KanLinearOptions>> s_layers = new(StringComparer.Ordinal)
    {
        // as the peers have it: trained phases, no base branch
        ["relu"] = () => KanFamilies.Named("relukan").Options(),
        ["chebyshev"] = () => KanFamilies.Named("chebykan").Options(),
        ["wavelet"] = () => KanFamilies.Named("mexican-hat").Options() with { BaseActivation = null, Bias = false },
    };

    public string Name => "families";

    public string Usage => "--in 784 --out 64 --batch 64 --families b-spline,gaussian,... --dtype f32|f64 --threads 1 --samples 30 [--memory]";

    public IEnumerable<Report> Run(CaseOptions options) => options.IsDouble() ? Measure<double>(options) : Measure<float>(options);

    private static Report[] Measure<T>(CaseOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int inputs = options.Count("in", 784), outputs = options.Count("out", 64), batch = options.Count("batch", 64);
        string[] names = options.Text("families", string.Join(',', KanFamilies.Names.Append("wavelet"))).Split(',', StringSplitOptions.RemoveEmptyEntries);
        int threads = options.Integer("threads", 1), samples = options.Count("samples", 30);
        bool memory = options.Flag("memory");
        options.RefuseUnread();
        using var executor = new Executor(threads);
        var runs = names.Select(name => new FamilyRun<T>(name, Layer(name), inputs, outputs, batch, executor)).ToArray();
        if (memory)
            return [.. runs.Select(run => run.Memory(executor))];
        Timing[] timings = Sampler.Alternate([.. runs.SelectMany(run => new[] { new Probe(run.Forward), new Probe(run.Step) })], samples, 4);
        return [.. runs.Select((run, index) => run.Describe(executor).Add("forward", timings[2 * index]).Add("step", timings[(2 * index) + 1])
            .Add("forward_ns_per_sample", 1e3 * timings[2 * index].Median / batch).Add("step_ns_per_sample", 1e3 * timings[(2 * index) + 1].Median / batch)
            .Add("forward_to_first", timings[2 * index].Median / timings[0].Median)
            .Add("step_to_first", timings[(2 * index) + 1].Median / timings[1].Median))];
    }

    private static KanLinearOptions Layer(string name)
    {
        try
        {
            return s_layers.TryGetValue(name, out Func<KanLinearOptions>? create) ? create() : KanFamilies.Named(name).Options();
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"--families: {error.Message}", error);
        }
    }

    private sealed class FamilyRun<T>(string name, KanLinearOptions options, int inputs, int outputs, int batch, Executor executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly KanLinear<T> _layer = KanLinear<T>.Create(inputs, outputs, options, new SplitRandom(0));
        private readonly Tape<T> _tape = new(executor);
        private readonly Tensor<T> _x = Samples.Uniform<T>(new Shape(batch, inputs), 1);
        private readonly Tensor<T> _cotangent = Samples.Uniform<T>(new Shape(batch, outputs), 2);

        public void Forward()
        {
            _tape.RecordsGradients = false;
            _tape.Reset();
            _layer.Forward(_tape.Constant(_x));
        }

        public void Step()
        {
            _tape.RecordsGradients = true;
            _tape.Reset();
            foreach ((_, Parameter<T> parameter) in _layer.Parameters())
                parameter.ClearGradient();
            _tape.Backward(_layer.Forward(_tape.Input(_x)), _cotangent.Span);
        }

        public Report Describe(Executor used) => new Report("families")
            .Add("family", name).Add("in", inputs).Add("out", outputs).Add("batch", batch).Add("functions", options.Basis.Count)
            .Add("dtype", typeof(T) == typeof(double) ? "f64" : "f32")
            .Add("parameters", _layer.CountParameters()).Add("threads", used.Threads);

        public Report Memory(Executor used)
        {
            // loads the code that the steps need: that is no memory of theirs
            new FamilyRun<T>(name, options, 3, 2, 4, used).Step();
            Report report = Describe(used);
            long? growth = ProcessMemory.PeakGrowth(() =>
            {
                for (int step = 0; step < 3; step++)
                    Step();
            });
            return growth is long bytes ? report.Add("resident_growth_bytes", bytes) : report;
        }
    }
}
