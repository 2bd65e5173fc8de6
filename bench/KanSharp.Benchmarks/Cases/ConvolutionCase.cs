using System.Globalization;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Numerics;

namespace KanSharp.Benchmarks.Cases;

/// <summary>
/// KAN convolutions one after the other: forward pass without gradients, and a step (forward and all gradients, the input's included). With --memory the bytes by
/// which the first steps raise the peak of a fresh process.
/// </summary>
internal sealed class ConvolutionCase : IBenchmarkCase
{
    public string Name => "convolution";

    public string Usage => "--channels 1,5,10 --image 28 --kernel 3 --padding 0 --stride 1 --batch 128 --basis b-spline|plain|... --threads 1 --samples 15 [--memory]";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        int[] channels = [.. options.Text("channels", "1,5,10").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        int image = options.Count("image", 28), batch = options.Count("batch", 128);
        ConvWindow window = ConvWindow.Square(options.Count("kernel", 3), options.Integer("padding", 0), options.Count("stride", 1));
        string basis = options.Text("basis", "b-spline");
        int threads = options.Integer("threads", 1), samples = options.Count("samples", 15);
        bool memory = options.Flag("memory");
        options.RefuseUnread();
        using var executor = new Executor(threads);
        var run = new Stack(channels, image, batch, window, basis, executor);
        Report report = new Report("convolution").Add("basis", basis).Add("channels", string.Join(',', channels)).Add("image", image).Add("batch", batch)
            .Add("parameters", run.Parameters).Add("threads", executor.Threads);
        if (memory)
        {
            // loads the code that the steps need: that is no memory of theirs
            new Stack(channels, image, 1, window, basis, executor).Step();
            long? growth = ProcessMemory.PeakGrowth(() =>
            {
                for (int step = 0; step < 3; step++)
                    run.Step();
            });
            return [growth is long bytes ? report.Add("resident_growth_bytes", bytes) : report];
        }

        Timing[] timings = Sampler.Alternate([new Probe(run.Forward), new Probe(run.Step)], samples, 4);
        return [report.Add("forward", timings[0]).Add("step", timings[1])];
    }

    private sealed class Stack
    {
        private readonly Sequential<float> _layers;
        private readonly Tape<float> _tape;
        private readonly Tensor<float> _x;
        private readonly float[] _cotangent;

        public Stack(int[] channels, int image, int batch, ConvWindow window, string basis, Executor executor)
        {
            var random = new SplitRandom(0);
            _layers = new Sequential<float>([.. channels.Zip(channels.Skip(1), (inputs, outputs) => basis == "plain"
                ? Conv<float>.Create(inputs, outputs, window, random)
                : (Module<float>)KanConv<float>.Create(inputs, outputs, window, KanFamilies.Named(basis).Options(), random))]);
            _tape = new Tape<float>(executor);
            _x = Samples.Uniform<float>(new Shape(batch, channels[0], image, image), 1);
            _cotangent = Samples.Uniform<float>(_layers.Predict(new Tensor<float>(_x.Shape)).Shape, 2).Span.ToArray();
        }

        public long Parameters => _layers.CountParameters();

        public void Forward()
        {
            _tape.RecordsGradients = false;
            _tape.Reset();
            _layers.Forward(_tape.Constant(_x));
        }

        public void Step()
        {
            _tape.RecordsGradients = true;
            _tape.Reset();
            foreach ((_, Parameter<float> parameter) in _layers.Parameters())
                parameter.ClearGradient();
            _tape.Backward(_layers.Forward(_tape.Input(_x)), _cotangent);
        }
    }
}
