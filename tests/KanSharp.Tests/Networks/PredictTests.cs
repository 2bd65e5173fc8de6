using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Networks;

/// <summary>What prediction promises around the formula: the forward pass's numbers, any number of threads and callers, no allocation, clear errors.</summary>
public class PredictTests
{
    private static readonly KanLinearOptions s_options = new() { Bias = true };

    [Fact]
    public void NetworksPredictTheirForwardPass()
    {
        Module<double>[] networks = [KanNetwork<double>.Create([4, 5, 1], s_options), KanNetwork<double>.Create([4, 3]), Mlp<double>.Create([4, 6, 7, 2]), Mlp<double>.Create([4, 2])];
        foreach (Module<double> network in networks)
        {
            foreach (int rows in (int[])[0, 1, 2, 40])
            {
                Tensor<double> x = Check.Sample<double>(new Shape(rows, 4));
                Var<double> expected = network.Forward(new Tape<double>().Constant(x));
                Tensor<double> y = network.Predict(x);
                Assert.Equal(expected.Shape, y.Shape);
                Check.Close<double>(expected.Values.ToArray(), y.Span, 1e-12);
                var target = new double[y.Shape.Count];
                network.Predict(x.Span, target, rows);
                Assert.Equal(y.Span.ToArray(), target);
            }
        }
    }

    [Fact]
    public void BitsDoNotDependOnThreadsOrWhoElsePredicts()
    {
        KanNetwork<float> kan = KanNetwork<float>.Create([40, 30, 3], s_options, seed: 1);
        Mlp<float> mlp = Mlp<float>.Create([40, 64, 3], seed: 1);
        Tensor<float> x = Check.Sample<float>(new Shape(3000, 40), low: -1, high: 1);
        using var alone = new Executor(1);
        float[] expectedKan = kan.Predict(x, alone).Span.ToArray();
        float[] expectedMlp = mlp.Predict(x, alone).Span.ToArray();
        using var shared = new Executor(4);
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 6 }, call =>
        {
            Executor? executor = (call % 3) switch { 0 => null, 1 => shared, _ => alone };
            Assert.Equal(expectedKan, kan.Predict(x, executor).Span.ToArray());
            Assert.Equal(expectedMlp, mlp.Predict(x, executor).Span.ToArray());
        });
    }

    [Fact]
    public void ACallAllocatesNothing()
    {
        var sequence = new Sequential<float>(
            new Residual<float>(new Sequential<float>(new LayerNorm<float>(9), KanLinear<float>.Create(9, 9, s_options, new SplitRandom(1)), new BatchNorm<float>(9))),
            Mlp<float>.Create([9, 8, 7, 6]),
            new Dropout<float>(),
            new ActivationLayer<float>(Activation.Tanh),
            KanNetwork<float>.Create([6, 5, 4, 2]));
        using var executor = new Executor(1);
        foreach (int rows in (int[])[1, 7, 5000])
        {
            float[] x = Check.Sample<float>(new Shape(rows, 9)).Span.ToArray();
            var y = new float[rows * 2];
            Assert.Equal(0, SteadyState.AllocatedBytes(() => sequence.Predict(x, y, rows, executor)));
        }
    }

    [Fact]
    public void ModulesOfOthersPredictThroughTheirForwardPass()
    {
        var module = new Doubling();
        Tensor<double> x = Check.Sample<double>(new Shape(2, 3, 4));
        Assert.Equal(x.Span.ToArray().Select(value => value + value), module.Predict(x).Span.ToArray());
        var chain = new Sequential<double>(Linear<double>.Create(4, 2, new SplitRandom(1)), new Residual<double>(module));
        Var<double> expected = chain.Forward(new Tape<double>().Constant(x));
        Tensor<double> y = chain.Predict(x);
        Assert.Equal(expected.Shape, y.Shape);
        Assert.Equal(expected.Values.ToArray(), y.Span.ToArray());
        var target = new double[12];
        chain.Predict(x.Span, target, 6);
        Assert.Equal(expected.Values.ToArray(), target);
        Assert.Contains("room for 5", Assert.Throws<ArgumentException>(() => chain.Predict(x.Span, new double[5], 6)).Message);
    }

    [Fact]
    public void WrongSizesAreExplained()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([3, 2]);
        Assert.Contains("7 input values are not a whole number of rows of 3 features", Message(() => network.Predict(new double[7], new double[4])));
        Assert.Contains("7 input values are not 2 rows", Message(() => network.Predict(new double[7], new double[4], 2)));
        Assert.Contains("y has 5 elements", Message(() => network.Predict(new double[6], new double[5])));
        Assert.Contains("takes 3", Message(() => network.Predict(new double[8], new double[4], 2)));
        Assert.Contains("takes 3", Message(() => network.Predict(new Tensor<double>(new Shape(2, 4)))));
        double[] memory = new double[9];
        Assert.Contains("overlap", Message(() => network.Predict(memory.AsSpan(0, 6), memory.AsSpan(5, 4))));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Predict(memory, memory, -1));
        var residual = new Residual<double>(network);
        Assert.Contains("turns 3 features into 2", Assert.Throws<InvalidOperationException>(() => residual.Predict(new Tensor<double>(new Shape(1, 3)))).Message);
        network.Predict([], []);

        static string Message(Action action) => Assert.Throws<ArgumentException>(action).Message;
    }

    private sealed class Doubling : Module<double>
    {
        public override Var<double> Forward(Var<double> x) => x + x;
    }
}
