using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>What a layer promises around its formula: gradients, freezing, the same bits on any number of threads, copies, messages.</summary>
public class KanLinearTests
{
    private static readonly KanLinearOptions s_all = new() { Bias = true, Mask = true };

    [Fact]
    public void GradientsAgreeWithDifferences()
    {
        foreach (OutsideGrid outside in Enum.GetValues<OutsideGrid>())
        {
            KanLinearOptions options = s_all with { Basis = new BSplineOptions { Outside = outside, Intervals = 4 } };
            KanLinear<double> layer = LayerFactory.Filled<double>(3, 5, options, 2);
            Check.Passed(GradientCheck.Run(layer.Forward, Check.Sample<double>(new Shape(6, 3)), layer.Parameters()));
            KanLinear<float> single = LayerFactory.Filled<float>(3, 5, options, 2);
            Check.Passed(GradientCheck.Run(single.Forward, Check.Sample<float>(new Shape(4, 3), low: -1, high: 1), single.Parameters()));
        }
    }

    [Fact]
    public void FrozenParametersGetNoGradient()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(3, 5, s_all, 2);
        foreach (string path in new[] { "coefficients", "base_weight", "edge_scale", "bias" })
        {
            layer.SetTrainable(true);
            layer.SetTrainable(false, path);
            Check.Passed(GradientCheck.Run(layer.Forward, Check.Sample<double>(new Shape(4, 3)), layer.Parameters()));
        }

        layer.SetTrainable(false);
        Check.Passed(GradientCheck.Run(layer.Forward, Check.Sample<double>(new Shape(4, 3)), layer.Parameters()));
        KanLinearOptions frozen = s_all with { BaseTrainable = false, EdgeScaleTrainable = false };
        KanLinear<double> created = KanLinear<double>.Create(2, 3, frozen, new SplitRandom(1));
        Assert.Equal(["coefficients", "bias"], created.Parameters().Where(entry => entry.Parameter.Trainable).Select(entry => entry.Path));
    }

    [Fact]
    public void BitsDoNotDependOnThreads()
    {
        foreach (SimdWidth width in SimdWidths.All)
        {
            Check<float>(width);
            Check<double>(width);
        }

        static void Check<T>(SimdWidth width)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[]? expected = null;
            foreach (int threads in new[] { 1, 2, 8 })
            {
                KanLinear<T> layer = LayerFactory.Filled<T>(70, 37, s_all, 3);
                using var executor = new Executor(threads, width);
                var tape = new Tape<T>(executor);
                Var<T> x = tape.Input(LayerFactory.Inputs(layer, new Shape(150, 70), 4));
                Var<T> y = layer.Forward(x);
                tape.Backward(y, Tests.Autodiff.Check.Sample<T>(y.Shape).Span);
                var bits = new List<T>();
                bits.AddRange(y.Values);
                bits.AddRange(x.Gradient);
                foreach ((_, Parameter<T> parameter) in layer.Parameters())
                    bits.AddRange(parameter.Gradient);
                expected ??= [.. bits];
                Assert.Equal(expected, bits);
            }
        }
    }

    [Fact]
    public void NoTensorOverBatchInputsAndBasisIsBuilt()
    {
        const int Batch = 4096, Inputs = 32, Outputs = 32;
        KanLinear<double> layer = LayerFactory.Filled<double>(Inputs, Outputs, new BSplineOptions { Intervals = 50 }, 1, uniform: true);
        using var executor = new Executor(1);
        var tape = new Tape<double>(executor);
        Var<double> x = tape.Input(Check.Sample<double>(new Shape(Batch, Inputs), low: -1, high: 1));
        tape.Backward(layer.Forward(x).Sum());
        const long Activations = sizeof(double) * Batch * Inputs;
        const long Weights = sizeof(double) * Inputs * 54 * Outputs;
        const long Slabs = 4 << 20;
        Assert.True(tape.BufferBytes < 8 * Activations + 3 * Weights + Slabs, $"{tape.BufferBytes} bytes");
        Assert.True(tape.BufferBytes < Activations * 53 / 2, "half of what the tensor would take");
    }

    [Fact]
    public void CloneIsIndependent()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(3, 4, s_all, 7);
        layer.SetTrainable(false, "bias");
        KanLinear<double> copy = layer.Clone();
        Tensor<double> x = Check.Sample<double>(new Shape(5, 3));
        double[] before = Predict(layer, x);
        Assert.Equal(before, Predict(copy, x));
        Assert.False(copy.Bias!.Trainable);
        foreach ((_, Parameter<double> parameter) in copy.Parameters())
            parameter.Value.Span.Fill(0.5);
        foreach ((_, StateTensor<double> state) in copy.States())
        {
            foreach (ref double value in state.Value.Span)
                value = 2 * value + 1;
        }

        Assert.Equal(before, Predict(layer, x));
        Assert.NotEqual(before, Predict(copy, x));
    }

    [Fact]
    public void KnotsMayChangeBetweenForwardPasses()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(2, 3, new KanLinearOptions(), 7, uniform: true);
        Tensor<double> x = Check.Sample<double>(new Shape(5, 2));
        Predict(layer, x);
        foreach (ref double knot in layer.Knots.Value.Span)
            knot = knot * 1.5 + 0.1;
        NaiveKanLayer.Compute(layer, x, new double[15]).Y.Check("y", Predict(layer, x), 1e-12);
    }

    [Fact]
    public void OutsideGridCountsPerFeature()
    {
        KanLinear<float> layer = KanLinear<float>.Create(3, 1, new KanLinearOptions(), new SplitRandom(0));
        var x = Tensor<float>.From(new[,] { { -1.5f, -1, 0 }, { 0, 1, float.NaN }, { 2, 0.5f, 0.1f }, { 0.9f, -0.9f, 1.0001f } });
        Assert.Equal([0.5, 0, 0.5], layer.OutsideGrid(x));
        Assert.Equal([0, 0, 0], layer.OutsideGrid(new Tensor<float>(new Shape(0, 3))));
        Assert.Throws<ArgumentException>(() => layer.OutsideGrid(new Tensor<float>(new Shape(4, 2))));
    }

    [Fact]
    public void MessagesNameBothSides()
    {
        KanLinear<double> layer = KanLinear<double>.Create(3, 4, new KanLinearOptions(), new SplitRandom(0));
        string shape = Assert.Throws<ArgumentException>(() => layer.Forward(new Tape<double>().Constant(new Tensor<double>(new Shape(5, 2))))).Message;
        Assert.Contains("[..., 3]", shape, StringComparison.Ordinal);
        Assert.Contains("[5, 2]", shape, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => layer.Forward(new Tape<double>().Constant(1.0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => KanLinear<double>.Create(0, 4, new KanLinearOptions(), new SplitRandom(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => KanLinear<double>.Create(3, 0, new KanLinearOptions(), new SplitRandom(0)));
        Assert.Contains("Intervals is 0", Assert.Throws<ArgumentException>(() => KanLinear<double>.Create(1, 1, new BSplineOptions { Intervals = 0 }, new SplitRandom(0))).Message, StringComparison.Ordinal);
        var scheme = new KanInitialization { NoiseScale = -1 };
        Assert.Contains("NoiseScale is -1", Assert.Throws<ArgumentException>(scheme.Validate).Message, StringComparison.Ordinal);
        Assert.Contains("BaseMean", Assert.Throws<ArgumentException>((scheme with { NoiseScale = 0, BaseMean = double.NaN }).Validate).Message, StringComparison.Ordinal);
        Assert.Contains("There are: coefficients, base_weight", Assert.Throws<ArgumentException>(() => layer.SetTrainable(false, "weights")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ArraysThatDoNotFitAreRefused()
    {
        var options = new KanLinearOptions { EdgeScale = false, BaseActivation = null };
        Tensor<double> Zeros(params int[] extents) => new(new Shape(extents));
        Assert.Contains("Knots have shape [2, 7]", Refusal(new(Zeros(2, 7), Zeros(2, 8, 3), null, null, null, null)), StringComparison.Ordinal);
        Assert.Contains("Coefficients has shape [2, 9, 3]; expected [2, 8, 3]", Refusal(new(Zeros(2, 12), Zeros(2, 9, 3), null, null, null, null)), StringComparison.Ordinal);
        Assert.Contains("BaseWeight is given", Refusal(new(Zeros(2, 12), Zeros(2, 8, 3), Zeros(2, 3), null, null, null)), StringComparison.Ordinal);
        Assert.Contains("Mask has shape [3, 2]", Refusal(new(Zeros(2, 12), Zeros(2, 8, 3), null, null, null, Zeros(3, 2))), StringComparison.Ordinal);
        Assert.Contains("Feature 0", Refusal(new(Zeros(2, 12), Zeros(2, 8, 3), null, null, null, null)), StringComparison.Ordinal);

        string Refusal(KanLinearTensors<double> tensors) => Assert.Throws<ArgumentException>(() => new KanLinear<double>(2, 3, options, tensors)).Message;
    }

    private static double[] Predict(KanLinear<double> layer, Tensor<double> x) =>
        layer.Forward(new Tape<double> { RecordsGradients = false }.Constant(x)).Values.ToArray();
}
