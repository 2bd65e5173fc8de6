using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Interpretation;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Interpretation;

public class SparsifierTests
{
    public static TheoryData<string, double> Optimizers => new() { { "lm", 0 }, { "lbfgs", 0 }, { "adam", 0.02 } };

    /// <summary>y = sin(πx₁) + x₂², with x₃ of no use: three of fifteen paths suffice.</summary>
    [Theory]
    [MemberData(nameof(Optimizers))]
    public void APenaltyMakesTheUselessSmall(string optimizer, double rate)
    {
        TrainingData<double> data = Data(300);
        KanNetwork<double> network = KanNetwork<double>.Create([3, 3, 1], new BSplineOptions { Intervals = 4 }, 1);
        double[] before = network.Layers[0].Coefficients.Value.Span.ToArray();
        OptimizerOptions how = rate > 0 ? new Adam { LearningRate = rate } : OptimizerOptions.Parse(optimizer);
        var options = new SparsificationOptions
        {
            Fit = new FitOptions { Optimizer = how, BatchSize = 0 },
            WarmUpEpochs = rate > 0 ? 40 : 5,
            RampEpochs = rate > 0 ? 60 : 5,
            Strength = 0.05,
        };
        SparsificationResult<double> sparse = Sparsifier.Fit(network, data, options);
        SparsificationResult<double> plain = Sparsifier.Fit(network, data, options with { Lambda = 1e-12 });
        Assert.Equal(["warm-up", "ramp", "ramp", "ramp"], sparse.Phases.Select(phase => phase.Name));
        Assert.Equal(sparse.Lambda, sparse.Phases[^1].Lambda);
        Assert.Equal(sparse.Phases.Select(phase => phase.Lambda).Order(), sparse.Phases.Select(phase => phase.Lambda));
        Assert.Equal([0, 1e-12 / 3, 1e-12 * 2 / 3, 1e-12], plain.Phases.Select(phase => phase.Lambda));
        Assert.Equal(sparse.Phases.Sum(phase => phase.Fit.History.Count), sparse.History.Count);
        Assert.Equal(before, network.Layers[0].Coefficients.Value.Span.ToArray());

        // the weight that makes the penalty worth a given loss: larger where there is less to penalise
        Assert.True(Sparsifier.Weight(sparse.Network, data, options) > 1.2 * Sparsifier.Weight(plain.Network, data, options));
        Assert.True(Kept(sparse) <= Kept(plain));
        Assert.True(Attribution.Compute(sparse.Network, data.Inputs).Features[2] < 0.05);
        Assert.True(Evaluation.Loss(sparse.Network, data) < 0.05);

        int Kept(SparsificationResult<double> result) => Pruner.Prune(result.Network, data.Inputs).Report.KeptEdges.Count;
    }

    [Fact]
    public void TheWeightOfThePenaltyFollowsTheUnitsOfTheTargets()
    {
        TrainingData<double> data = Data(100);
        var scaled = new TrainingData<double>(data.Inputs, new Tensor<double>(data.Targets!.Shape, [.. data.Targets.Span.ToArray().Select(value => 10 * value + 3)]));
        KanNetwork<double> network = Nets.Lively(3, 2, 1);
        var options = new SparsificationOptions();
        Assert.Equal(100, Sparsifier.Weight(network, scaled, options) / Sparsifier.Weight(network, data, options), 1e-9);
        var none = new SparsificationOptions { WarmUpEpochs = 0, RampSteps = 1, RampEpochs = 1, Lambda = 0.25, FinalEpochs = 1 };
        SparsificationResult<double> result = Sparsifier.Fit(network, data, none);
        Assert.Equal(0.25, result.Lambda);
        Assert.Equal(["ramp", "final"], result.Phases.Select(phase => phase.Name));
        Assert.Equal(StopReason.BudgetReached, result.Reason);
    }

    [Fact]
    public void RoundsFindTheSmallNetwork()
    {
        TrainingData<double> all = Data(300);
        TrainingData<double> data = new(all.Inputs, all.Targets!) { Validation = Data(100, 7) };
        KanNetwork<double> network = KanNetwork<double>.Create([3, 3, 1], new BSplineOptions { Intervals = 5 }, 2);
        var options = new SimplifyOptions
        {
            Sparsification = new SparsificationOptions { Strength = 0.05 },
            Prune = new PruneOptions { InputThreshold = 1e-2, DropUnusedInputs = true },
            Refit = new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = 15 },
        };
        SimplifyResult<double> simple = Simplifier.Run(network, data, options);
        Assert.Equal([0, 1], simple.Network.InputSelection);
        Assert.True(simple.Network.Widths[1] <= 2, simple.Network.Shape.ToString());
        Assert.True(simple.Error < 1e-2, $"{simple.Error}");
        Assert.True(simple.Rounds[0].Accepted);
        Assert.Equal(simple.Error, simple.Rounds.Last(round => round.Accepted).Error);
        Assert.Equal([3, 3, 1], network.Widths);
        Assert.Contains("DryRun", Assert.Throws<ArgumentException>(() => Simplifier.Run(network, data, options with { Prune = new PruneOptions { DryRun = true } })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheLeastHarmfulEdgesGoFirst()
    {
        // of y = h1 + h2 + 0.1·h3 with h1 = 3x1, h2 = 2x2, h3 = x1 + x3 the edges from h3 do the least
        KanNetwork<double> network = Nets.Linear(new double[,] { { 3, 0, 1 }, { 0, 2, 0 }, { 0, 0, 1 } }, new double[,] { { 1 }, { 1 }, { 0.1 } });
        Tensor<double> x = Nets.Corners(3);
        var data = new TrainingData<double>(x, network.Predict(x));
        LeastHarmResult<double> dead = LeastHarm.Reduce(network, data, new LeastHarmOptions { GoodEnough = 1e-6 });
        Assert.Equal(7, dead.Steps.Last(step => step.Accepted).EdgesLeft);
        Assert.False(dead.Steps[^1].Accepted);
        LeastHarmResult<double> few = LeastHarm.Reduce(network, data, new LeastHarmOptions { KeepEdges = 4 });
        Assert.Equal([3, 2, 1], few.Network.Widths);
        Assert.Equal(Math.Sqrt(0.02), few.Error, 1e-9);
        Assert.Equal(0, few.ErrorBefore, 1e-12);
        Assert.Equal(4, few.Steps[^1].EdgesLeft);

        // training makes good what went: y = 3.1·x1 + 2·x2 needs no third node
        var other = new TrainingData<double>(x, new Tensor<double>(new Shape(8, 1), [.. Enumerable.Range(0, 8).Select(row => 3.1 * x[row, 0] + 2 * x[row, 1])]));
        LeastHarmResult<double> refitted = LeastHarm.Reduce(network, other, new LeastHarmOptions
        {
            GoodEnough = 1e-6,
            Refit = new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = 20 },
        });
        Assert.True(refitted.Error < 1e-6);
        Assert.True(refitted.Network.Widths[1] <= 2);
        Assert.Equal([3, 3, 1], network.Widths);
    }

    [Fact]
    public void MisuseSaysWhatIsAllowed()
    {
        KanNetwork<double> network = Nets.Lively(3, 2, 1);
        var options = new SparsificationOptions { Fit = new FitOptions { Lambda = 1 } };
        Assert.Contains("SparsificationOptions.Penalty", Assert.Throws<ArgumentException>(() => Sparsifier.Fit(network, Data(10), options)).Message, StringComparison.Ordinal);
        Assert.Contains("positive", Assert.Throws<ArgumentOutOfRangeException>(() => new SparsificationOptions { Lambda = 0 }).Message, StringComparison.Ordinal);
        Assert.Contains("at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => new SparsificationOptions { RampSteps = 0 }).Message, StringComparison.Ordinal);
    }

    private static TrainingData<double> Data(int rows, int seed = 1)
    {
        Tensor<double> x = Nets.Uniform(rows, 3, seed);
        var y = new Tensor<double>(new Shape(rows, 1));
        for (int row = 0; row < rows; row++)
            y[row, 0] = Math.Sin(Math.PI * x[row, 0]) + x[row, 1] * x[row, 1];
        return new TrainingData<double>(x, y);
    }
}
