using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

public sealed class OrdinaryLayerFloatTests : OrdinaryLayerTests<float>;

public sealed class OrdinaryLayerDoubleTests : OrdinaryLayerTests<double>;

/// <summary>The contract that every layer keeps, and the values of each.</summary>
public abstract class OrdinaryLayerTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly Dictionary<string, Func<Module<T>>> Layers = new()
    {
        ["Linear"] = () => Linear<T>.Create(4, 3, new SplitRandom(1)),
        ["Linear without bias"] = () => Linear<T>.Create(4, 5, new SplitRandom(2), bias: false),
        ["LayerNorm"] = () => Shaken(new LayerNorm<T>(4)),
        ["LayerNorm without weight"] = () => new LayerNorm<T>(4, affine: false),
        ["BatchNorm"] = () => Shaken(new BatchNorm<T>(4)),
        ["BatchNorm without weight"] = () => Shaken(new BatchNorm<T>(4, affine: false)),
        ["Dropout"] = () => new Dropout<T>(0.4),
        ["Activation"] = () => new ActivationLayer<T>(Activation.SiLU),
        ["Residual"] = () => new Residual<T>(Linear<T>.Create(4, 4, new SplitRandom(3))),
        ["Sequential"] = () => new Sequential<T>(
            Linear<T>.Create(4, 6, new SplitRandom(4)), new ActivationLayer<T>(Activation.Tanh), Shaken(new LayerNorm<T>(6)), new Dropout<T>(0.2), Linear<T>.Create(6, 2, new SplitRandom(5))),
    };

    public static TheoryData<string, int[], bool> Cases()
    {
        var cases = new TheoryData<string, int[], bool>();
        foreach (string name in Layers.Keys)
        {
            foreach (int[] shape in (int[][])[[4], [0, 4], [1, 4], [5, 4], [2, 3, 4]])
            {
                cases.Add(name, shape, false);
                cases.Add(name, shape, true);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void PredictionIsTheForwardPassOutsideTraining(string name, int[] shape, bool alone)
    {
        Module<T> layer = Layers[name]();
        Module<T> module = alone ? layer : new Sequential<T>(new Dropout<T>(), new Sequential<T>(layer, new ActivationLayer<T>(Activation.Sin)));
        Tensor<T> input = Check.Sample<T>(new Shape(shape), 9);
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(1, width);
            Var<T> expected = module.Forward(new Tape<T>(executor).Constant(input));
            Tensor<T> actual = module.Predict(input, executor);
            Assert.Equal(expected.Shape, actual.Shape);
            Check.Close<T>(Check.Doubles(expected.Values), actual.Span);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GradientsAndShapes(string name, int[] shape, bool training)
    {
        Module<T> layer = Layers[name]();
        Tensor<T> input = Check.Sample<T>(new Shape(shape), 9);
        var options = new GradientCheckOptions { Training = training, Seed = 5 };
        Check.Passed(GradientCheck.Run(layer.Forward, input, layer.Parameters(), options));
        Check.Passed(GradientCheck.Run((Var<T> x) => x.Square().Sum() + layer.Forward(x), input, layer.Parameters(), options));
        var tape = new Tape<T> { Training = training };
        Var<T> y = layer.Forward(tape.Input(input));
        Assert.Equal(new Shape(shape).WithLast(y.Shape.Last), y.Shape);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Derivatives(string name, int[] shape, bool training)
    {
        Module<T> layer = Layers[name]();
        Tensor<T> input = Check.Sample<T>(new Shape(shape), 9);
        var options = new GradientCheckOptions { Training = training, Seed = 5 };
        if (training && layer is BatchNorm<T>)
            Assert.Throws<InvalidOperationException>(() => GradientCheck.RunJet(layer.Forward, input, layer.Parameters(), options));
        else
            Check.Passed(GradientCheck.RunJet(layer.Forward, input, layer.Parameters(), options));
    }

    [Fact]
    public void LinearIsTheAffineMap()
    {
        var layer = new Linear<T>(Check.Sample<T>(new Shape(2, 3), 1), Check.Sample<T>(new Shape(2), 2));
        Tensor<T> input = Check.Sample<T>(new Shape(7, 3), 3);
        var expected = new double[14];
        for (int row = 0; row < 7; row++)
        {
            for (int output = 0; output < 2; output++)
            {
                expected[row * 2 + output] = double.CreateTruncating(layer.Bias!.Value[output]);
                for (int i = 0; i < 3; i++)
                    expected[row * 2 + output] += double.CreateTruncating(layer.Weight.Value[output, i]) * double.CreateTruncating(input[row, i]);
            }
        }

        Check.Close(expected, layer.Forward(new Tape<T>().Input(input)).Values);
    }

    [Fact]
    public void LinearStartsAsPyTorchDoes()
    {
        var layer = Linear<T>.Create(100, 400, new SplitRandom(6));
        double[] values = Check.Doubles<T>(layer.Weight.Value.Span);
        Assert.True(values.Max() <= 0.1 && values.Min() >= -0.1);
        // The mean of 40,000 uniform numbers within five standard errors, their variance within 5 %.
        Assert.Equal(0, values.Average(), 5 * 0.1 / Math.Sqrt(3 * values.Length));
        Assert.Equal(0.01 / 3, values.Average(value => value * value), 0.05 * 0.01 / 3);
        Assert.Equal(layer.Weight.Value.Span, Linear<T>.Create(100, 400, new SplitRandom(6)).Weight.Value.Span);
        Assert.NotEqual(layer.Weight.Value.Span.ToArray(), Linear<T>.Create(100, 400, new SplitRandom(7)).Weight.Value.Span.ToArray());
    }

    [Fact]
    public void LayerNormOfAKnownRow()
    {
        var layer = new LayerNorm<T>(4);
        Var<T> y = layer.Forward(new Tape<T>().Input(Tensor<T>.From(T.One, T.CreateTruncating(2), T.CreateTruncating(3), T.CreateTruncating(4))));
        double scale = 1 / Math.Sqrt(1.25 + 1e-5);
        Check.Close([-1.5 * scale, -0.5 * scale, 0.5 * scale, 1.5 * scale], y.Values);
    }

    [Fact]
    public void BatchNormMovesItsStatisticsOnCommitOnly()
    {
        var layer = new BatchNorm<T>(2);
        var tape = new Tape<T> { Training = true };
        Tensor<T> input = new(new Shape(3, 2), [.. new double[] { 1, 10, 2, 30, 6, 20 }.Select(T.CreateTruncating)]);
        Var<T> y = layer.Forward(tape.Input(input));
        double[] deviation = [Math.Sqrt(14.0 / 3 + 1e-5), Math.Sqrt(200.0 / 3 + 1e-5)];
        Check.Close([-2 / deviation[0], -10 / deviation[1], -1 / deviation[0], 10 / deviation[1], 3 / deviation[0], 0], y.Values);
        Check.Close([0, 0], layer.RunningMean.Value.Span);
        tape.Commit();
        Check.Close([0.3, 2], layer.RunningMean.Value.Span);
        Check.Close([0.9 + 0.1 * 7, 0.9 + 0.1 * 100], layer.RunningVariance.Value.Span);

        tape.Reset();
        tape.Training = false;
        Var<T> z = layer.Forward(tape.Input(input));
        tape.Commit();
        Check.Close([0.3, 2], layer.RunningMean.Value.Span);
        Assert.Equal((10 - 2) / Math.Sqrt(10.9 + 1e-5), double.CreateTruncating(z.Values[1]), 1e-5);
    }

    [Fact]
    public void BatchNormOfOneRowAndOfNone()
    {
        var layer = new BatchNorm<T>(2);
        layer.Bias!.Value.Span.Fill(T.One);
        var tape = new Tape<T> { Training = true };
        Check.Close([1, 1], layer.Forward(tape.Input(Check.Sample<T>(new Shape(1, 2)))).Values);
        Assert.Equal(0, layer.Forward(tape.Input(new Tensor<T>(new Shape(0, 2)))).Shape.Count);
        tape.Commit();
        Check.Close([1, 1], layer.RunningVariance.Value.Span);
        Assert.NotEqual(T.Zero, layer.RunningMean.Value[0]);
    }

    [Fact]
    public void DropoutActsInTrainingOnly()
    {
        var layer = new Dropout<T>(0.5);
        var tape = new Tape<T>();
        Var<T> x = tape.Input(Check.Sample<T>(new Shape(50)));
        Assert.Equal(x, layer.Forward(x));
        tape.Training = true;
        Assert.Contains(T.Zero, layer.Forward(x).Values.ToArray());
        Assert.Equal(x, new Dropout<T>(0).Forward(x));
    }

    private static Module<T> Shaken(Module<T> layer)
    {
        int seed = 20;
        foreach ((_, Parameter<T> parameter) in layer.Parameters())
            Check.Sample<T>(parameter.Shape, seed++, 0.5, 1.5).Span.CopyTo(parameter.Value.Span);
        foreach ((_, StateTensor<T> state) in layer.States())
            Check.Sample<T>(state.Value.Shape, seed++, 0.5, 1.5).Span.CopyTo(state.Value.Span);
        return layer;
    }
}
