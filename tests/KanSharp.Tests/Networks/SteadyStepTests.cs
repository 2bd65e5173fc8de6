using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Networks;

/// <summary>Runs alone: allocations are counted for the whole process.</summary>
[CollectionDefinition(nameof(SteadyStepTests), DisableParallelization = true)]
[Collection(nameof(SteadyStepTests))]
public class SteadyStepTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ATrainingStepAllocatesNothing(int threads)
    {
        Check<float>(threads);
        Check<double>(threads);

        static void Check<T>(int threads)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            using var executor = new Executor(threads);
            KanNetwork<T> network = KanNetwork<T>.Create([40, 24, 3], new KanLinearOptions { Bias = true, Mask = true });
            var tape = new Tape<T>(executor);
            Tensor<T> x = Tests.Autodiff.Check.Sample<T>(new Shape(150, 40), low: -1, high: 1);
            Tensor<T> target = Tests.Autodiff.Check.Sample<T>(new Shape(150, 3), 2);
            Parameter<T>[] parameters = [.. network.Parameters().Select(entry => entry.Parameter)];
            for (int warm = 0; warm < 20; warm++)
                Step();

            // The test runner allocates now and then on other threads; a step that allocates does so every time.
            long least = long.MaxValue;
            for (int attempt = 0; attempt < 40 && least > 0; attempt++)
            {
                long before = GC.GetTotalAllocatedBytes(precise: true);
                for (int step = 0; step < 3; step++)
                    Step();
                least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
            }

            Assert.Equal(0, least);

            void Step()
            {
                tape.Reset();
                Var<T> y = network.Forward(tape.Constant(x));
                Var<T> loss = (y - tape.Constant(target)).Square().Mean();
                tape.Backward(loss);
                foreach (Parameter<T> parameter in parameters)
                {
                    Span<T> values = parameter.Value.Span;
                    Span<T> gradient = parameter.Gradient;
                    for (int index = 0; index < values.Length; index++)
                        values[index] -= T.CreateTruncating(0.01) * gradient[index];
                    parameter.ClearGradient();
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AStepThroughJetsAllocatesNothing(int threads)
    {
        using var executor = new Executor(threads);
        KanNetwork<double> network = KanNetwork<double>.Create([1, 32, 1]);
        var tape = new Tape<double>(executor);
        Tensor<double> x = Check.Sample<double>(new Shape(100, 1));
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 60 && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            tape.Reset();
            Jet<double> y = network.Forward(Jet<double>.Seed(tape.Constant(x), 0));
            tape.Backward((y.Derivative - y.Value).Square().Mean());
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least);
    }

    /// <summary>The residual u_xx + u·u_y + u_xy of a network and of an expansion into separated variables.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    public void AStepThroughSecondDerivativesAllocatesNothing(int threads, bool separable)
    {
        using var executor = new Executor(threads);
        KanLinearOptions options = KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Degree = 5 } };
        Module<double> network = separable ? SeparableKan<double>.Create(1, 4, [options, options]) : MixedNetworks.Create<double>().WithInputs([2, 0, 1]);
        Tensor<double> x = separable ? Check.Sample<double>(new Shape(300, 2)) : MixedNetworks.Inputs<double>(300, 3);
        (PartialDerivative second, PartialDerivative first, PartialDerivative mixed) = (PartialDerivative.Of(0, 0), PartialDerivative.Of(1), PartialDerivative.Of(0, 1));
        var shape = JetShape.Of(second, first, mixed);
        var tape = new Tape<double>(executor);
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 60 && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            tape.Reset();
            Jet<double> u = network.Forward(Jet<double>.Seed(tape.Constant(x), shape));
            tape.Backward((u[second] + u.Value * u[first] + u[mixed]).Square().Mean());
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least);
    }

    /// <summary>Symbolic edges, product nodes and chosen inputs; a prediction, and a step through value and derivative.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AStepOfAMixedNetworkAllocatesNothing(int threads)
    {
        using var executor = new Executor(threads);
        KanNetwork<double> network = MixedNetworks.Create<double>().WithInputs([2, 0, 1]);
        var tape = new Tape<double>(executor);
        Tensor<double> x = MixedNetworks.Inputs<double>(400, 3);
        var y = new double[2 * 400];
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 60 && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            network.Predict(x.Span, y, executor);
            tape.Reset();
            Jet<double> value = network.Forward(Jet<double>.Seed(tape.Constant(x), 0));
            tape.Backward((value.Derivative - value.Value).Square().Mean());
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least);
    }
}
