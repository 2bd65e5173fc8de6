using System.Globalization;
using System.Numerics;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Numerics;

namespace KanSharp.Networks.Images;

/// <summary>Builds the layers of a preset for images of a shape.</summary>
internal sealed class ImageLayers<T>(ImageShape shape, ImagePresetOptions options, SplitRandom random) : IImageLayers
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<Module<T>> _modules = [];
    private int[] _extents = [shape.Channels, shape.Height, shape.Width];

    /// <summary>The layers so far.</summary>
    public IReadOnlyList<Module<T>> Modules => _modules;

    public int Classes => shape.Classes;

    public int Channels => _extents[0];

    private int Features => _extents.Aggregate(1, (product, extent) => product * extent);

    private SplitRandom Random => random.Split(_modules.Count.ToString(CultureInfo.InvariantCulture));

    public int Wide(int channels) => Math.Max(2, (int)Math.Round(channels * options.Width / 2) * 2);

    public void Conv(int outputs, ConvWindow window, bool bias = true) => AddConv(Conv<T>.Create(Channels, outputs, window, Random, bias), outputs, window);

    public void PublishedKanConv(int outputs, bool shared = false)
    {
        // the splines of the original vanish outside their grid
        KanLinearOptions functions = Chosen() ?? new KanLinearOptions { Basis = new BSplineOptions { Intervals = Intervals(5, shared), Outside = OutsideGrid.Zero } };
        ConvWindow window = ConvWindow.Square(3);
        AddConv(KanConv<T>.Create(Channels, outputs, window, new KanConvOptions { Functions = functions, SharedKernels = shared, ChannelsStartAlone = options.Basis is null }, Random), outputs, window);
    }

    public void Kagn(int outputs, ConvWindow window)
    {
        var gram = new KanLinearOptions
        {
            Basis = new GramOptions { Degree = options.Size ?? 3 },
            Squash = InputSquash.Tanh,
            BaseOnRawInput = true,
            Initialization = KanInitialization.KeepsVariance,
        };
        KanLinearOptions functions = Chosen() ?? gram;
        AddConv(KanConv<T>.Create(Channels, outputs, window, functions with { EdgeScale = false, Bias = false }, Random), outputs, window);
        BatchNorm();
        Add(new ActivationLayer<T>(Activation.SiLU));
    }

    public void Bottleneck(int outputs, ConvWindow window, int reduction = 4)
    {
        int inner = Math.Max(4, Math.Max(Channels, outputs) / reduction);
        Conv(inner, ConvWindow.Square(1), bias: false);
        Kagn(inner, window);
        Conv(outputs, ConvWindow.Square(1), bias: false);
        BatchNorm();
        Add(new ActivationLayer<T>(Activation.SiLU));
    }

    public void KanHead(int outputs, int intervals)
    {
        KanLinearOptions functions = Chosen() ?? new KanLinearOptions
        {
            Basis = new BSplineOptions { Intervals = options.Size ?? intervals, Low = 0, High = 1, Outside = OutsideGrid.Zero },
            Initialization = new KanInitialization { NoiseScale = 0.01 },
        };
        AddRow(KanLinear<T>.Create(Features, outputs, functions, Random), outputs);
    }

    public void Kan(int outputs)
    {
        KanLinearOptions functions = (Chosen() ?? KanFamilies.Named("gaussian").Options()) with { Normalization = InputNormalization.BatchNorm };
        AddRow(KanLinear<T>.Create(Features, outputs, functions, Random), outputs);
    }

    public void Linear(int outputs) => AddRow(Linear<T>.Create(Features, outputs, Random), outputs);

    public void MaxPool(int size)
    {
        Add(new MaxPool<T>(size));
        _extents = [Channels, _extents[1] / size, _extents[2] / size];
    }

    public void GlobalAverage()
    {
        Add(new AdaptiveAveragePool<T>(1));
        _extents = [Channels, 1, 1];
    }

    public void BatchNorm() => Add(new ChannelBatchNorm<T>(Channels));

    public void Relu() => Add(new ActivationLayer<T>(Activation.ReLU));

    public void Dropout(double rate) => Add(new Dropout<T>(rate));

    public void Flatten()
    {
        Add(new Flatten<T>());
        _extents = [Features];
    }

    public void LogSoftmax() => Add(new LogSoftmax<T>());

    /// <summary>Intervals of a convolution: the first convention kept 5, whatever the head has.</summary>
    private int Intervals(int published, bool shared) => shared ? published : options.Size ?? 10;

    private KanLinearOptions? Chosen() => options.Basis is null ? null : KanFamilies.Named(options.Basis).Options(options.Size);

    private void Add(Module<T> module) => _modules.Add(module);

    private void AddConv(Module<T> module, int outputs, ConvWindow window)
    {
        int[] extents = window.Outputs(_extents.AsSpan(1));
        Add(module);
        _extents = [outputs, .. extents];
    }

    private void AddRow(Module<T> module, int outputs)
    {
        Add(module);
        _extents = [outputs];
    }
}
