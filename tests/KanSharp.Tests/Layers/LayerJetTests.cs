using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>Derivatives up to ∂⁴/∂x²∂y² of every layer with all gradients, against differences of the order below.</summary>
public class LayerJetTests
{
    private static readonly JetShape Plate = JetShape.Of(PartialDerivative.Of(0, 0, 1, 1));

    private static readonly Dictionary<string, Func<Module<double>>> Rows = new()
    {
        ["Linear"] = () => Linear<double>.Create(3, 2, new SplitRandom(1)),
        ["LayerNorm"] = () => Shaken(new LayerNorm<double>(3)),
        ["BatchNorm"] = () => Shaken(new BatchNorm<double>(3)),
        ["BatchNorm without weight"] = () => Shaken(new BatchNorm<double>(3, affine: false)),
        ["RangeNorm"] = () => Ranged(new RangeNorm<double>(3)),
        ["Activation"] = () => new ActivationLayer<double>(Activation.GELU),
        ["Residual"] = () => new Residual<double>(new Sequential<double>(Linear<double>.Create(3, 3, new SplitRandom(3)), new ActivationLayer<double>(Activation.Tanh))),
        ["Sequential"] = () => new Sequential<double>(Linear<double>.Create(3, 4, new SplitRandom(4)), new ActivationLayer<double>(Activation.Sigmoid), Shaken(new LayerNorm<double>(4)), Linear<double>.Create(4, 2, new SplitRandom(5))),
        ["LogSoftmax"] = () => new Sequential<double>(Linear<double>.Create(3, 4, new SplitRandom(4)), new LogSoftmax<double>()),
        ["Mlp"] = () => Mlp<double>.Create([3, 4, 2], Activation.SiLU, 3),
        ["PRelu"] = () => new PRelu<double>(),
        ["Dropout"] = () => new Dropout<double>(0.4),
        ["PeriodicInputs"] = () => new PeriodicInputs<double>([(-1, 2), null, (0, 1)]),
        ["NodeStage"] = () => Shaken(new NodeStage<double>(0, [2, 1])),
        ["NodeStage with sums"] = () => Shaken(new NodeStage<double>(1, [2], trainable: true)),
        ["NodeStage of three factors"] = () => Shaken(new NodeStage<double>(0, [3])),
        ["SymbolicEdges"] = () => new SymbolicEdges<double>(
            3, 2, [new(0, 1, FunctionCatalog.Standard["sin"]), new(1, 0, FunctionCatalog.Standard["exp"]), new(2, 1, FunctionCatalog.Standard["x^2"]), new(1, 1, FunctionCatalog.Standard["tanh"])],
            Check.Sample<double>(new Shape(4, 4), 6, -1, 1)),
        ["Column selection"] = () => KanNetwork<double>.Create([2, 2], new KanLinearOptions { Basis = new BSplineOptions { Degree = 7, Intervals = 1, Low = -2, High = 2 } }, 3).WithInputs([1, 0]),
    };

    private static readonly Dictionary<string, Func<Module<double>>> Pictures = new()
    {
        ["Conv"] = () => Conv<double>.Create(2, 2, ConvWindow.Square(2, 2), new SplitRandom(1)),
        ["GroupNorm"] = () => Shaken(new GroupNorm<double>(1, 2)),
        ["InstanceNorm"] = () => Shaken(new InstanceNorm<double>(2, affine: true)),
        ["ChannelBatchNorm"] = () => Shaken(new ChannelBatchNorm<double>(2)),
        ["PRelu of channels"] = () => new PRelu<double>(2),
        ["KanConv"] = () => Kernels(new KanConvOptions { Functions = Smooth }),
        ["KanConv in groups"] = () => Kernels(new KanConvOptions { Functions = Smooth with { Bias = true }, Groups = 2 }),
        ["KanConv with shared kernels"] = () => Kernels(new KanConvOptions { Functions = Smooth with { Squash = InputSquash.Tanh, BaseOnRawInput = true }, SharedKernels = true }),
        ["AveragePool, flat"] = () => new Sequential<double>(new AveragePool<double>(2, 1), new Flatten<double>()),
    };

    private static KanLinearOptions Smooth => new() { Basis = new BSplineOptions { Degree = 7, Intervals = 1, Low = -3, High = 3 } };

    public static TheoryData<string> RowNames => [.. Rows.Keys];

    public static TheoryData<string> PictureNames => [.. Pictures.Keys];

    [Theory]
    [MemberData(nameof(RowNames))]
    public void LayersOfRows(string name) => Holds(Rows[name](), Check.Sample<double>(new Shape(2, name == "Column selection" ? 2 : 3), 9, -1.2, 1.2));

    [Theory]
    [MemberData(nameof(PictureNames))]
    public void LayersOfPictures(string name) => Holds(Pictures[name](), Check.Sample<double>(new Shape(2, 2, 2, 2), 9, -1.2, 1.2));

    [Fact]
    public void BatchStatisticsHaveNoDerivatives()
    {
        var tape = new Tape<double> { Training = true };
        Jet<double> x = Jet<double>.Seed(tape.Constant(Check.Sample<double>(new Shape(4, 3))), Plate);
        Assert.Throws<InvalidOperationException>(() => new BatchNorm<double>(3).Forward(x));
    }

    private static void Holds(Module<double> layer, Tensor<double> input) =>
        Check.Passed(GradientCheck.RunJet(layer.Forward, input, Plate, layer.Parameters(), new GradientCheckOptions { Tolerance = 2e-6 }));

    private static KanConv<double> Kernels(KanConvOptions options) => Shaken(KanConv<double>.Create(2, 2, ConvWindow.Square(2, 2), options, new SplitRandom(7)));

    private static RangeNorm<double> Ranged(RangeNorm<double> norm)
    {
        norm.Fit(Check.Sample<double>(new Shape(9, 3), 8, -2, 3));
        return norm;
    }

    private static TModule Shaken<TModule>(TModule module)
        where TModule : Module<double>
    {
        int seed = 20;
        foreach ((_, Parameter<double> parameter) in module.Parameters())
            Check.Sample<double>(parameter.Shape, seed++, 0.4, 1.3).Span.CopyTo(parameter.Value.Span);
        foreach ((string path, StateTensor<double> state) in module.States().Where(entry => entry.Path.Contains("running", StringComparison.Ordinal)))
            Check.Sample<double>(state.Value.Shape, seed++, 0.4, 1.3).Span.CopyTo(state.Value.Span);
        return module;
    }
}
