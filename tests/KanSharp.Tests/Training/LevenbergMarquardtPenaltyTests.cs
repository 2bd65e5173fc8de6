using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

/// <summary>Levenberg-Marquardt with penalties that are no sums of squares.</summary>
public class LevenbergMarquardtPenaltyTests
{
    private static readonly TrainingData<double> Data = Dataset.Sample((x, y) => Math.Exp(Math.Sin(Math.PI * x) + y * y), samples: 300, seed: 3);

    private static readonly LevenbergMarquardt Solver = new() { Smoothness = 0, FollowRange = RangeFollowing.None };

    public static TheoryData<RegularizationMetric> Metrics => new(Enum.GetValues<RegularizationMetric>());

    [Theory]
    [MemberData(nameof(Metrics))]
    public void It_lowers_loss_and_penalty_together(RegularizationMetric metric)
    {
        var options = new FitOptions { Epochs = 60, Regularization = new Regularization { Metric = metric, Lambda = 1e-3 } };
        KanNetwork<double> start = Started();
        double[] totals = Totals(start.Clone(), Solver, options);
        NeverRises(totals);

        // sparse minima are many: the same one is not asked for, but one of the same kind
        double other = Totals(start.Clone(), new Lbfgs { MaxIterations = 20 }, options)[^1];
        Assert.True(totals[^1] <= 1.35 * other, $"Levenberg-Marquardt ends at {totals[^1]}, L-BFGS at {other}");
    }

    [Fact]
    public void It_lowers_penalties_on_coefficients()
    {
        double[] totals = Totals(Started(), Solver, new FitOptions
        {
            Epochs = 40,
            Regularization = new Regularization { Lambda = 1e-3, L1 = 0, Entropy = 0, Coefficients = 0.1, CoefficientDifferences = 0.1, Smoothness = 0.1 },
        });
        NeverRises(totals);
        Assert.True(totals[^1] < 0.8 * totals[0], $"{totals[0]} became {totals[^1]}");
    }

    /// <summary>With one layer the loss is quadratic in the coefficients, and so is smoothness: a step keeps its promise exactly, if the curvature is.</summary>
    [Theory]
    [InlineData(RegularizationMetric.MeanActivation, StepMethod.Cholesky)]
    [InlineData(RegularizationMetric.Weights, StepMethod.Cholesky)]
    [InlineData(RegularizationMetric.MeanActivation, StepMethod.ConjugateGradient)]
    public void It_knows_the_curvature_of_smoothness_exactly(RegularizationMetric metric, StepMethod method)
    {
        KanLinearOptions layers = KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Intervals = 8 } };
        KanNetwork<double> network = KanNetwork<double>.Create([2, 1], layers, seed: 1);
        network.Layers[0].Knots.Value.Row(0)[6] += 0.07;
        FitResult<double> result = Trainer.Fit(network, Data, new FitOptions
        {
            Optimizer = Solver with { Method = method },
            Epochs = 2,
            Regularization = new Regularization { Metric = metric, Lambda = 0.3, L1 = 0, Entropy = 0, Smoothness = 2 },
        });
        Assert.All(result.History, record => Assert.Equal(1, record.Solver!.GainRatio, 1e-6));
    }

    [Fact]
    public void It_lowers_efficient_kan_s_penalty_and_the_callers()
    {
        KanNetwork<double> start = Started();
        double[] totals = Totals(start.Clone(), Solver, new FitOptions { Epochs = 40, Lambda = 1e-3 });
        double other = Totals(start.Clone(), new Lbfgs { MaxIterations = 20 }, new FitOptions { Epochs = 40, Lambda = 1e-3 })[^1];
        Assert.True(totals[^1] <= 1.1 * other, $"Levenberg-Marquardt ends at {totals[^1]}, L-BFGS at {other}");

        // a penalty of the caller's: the mean output is to be 2
        KanNetwork<double> network = start.Clone();
        FitResult<double> drawn = Trainer.Fit(
            network, Data, new FitOptions { Optimizer = Solver, Epochs = 80 }, hooks: new FitHooks<double> { Penalty = (_, output) => 100 * ((output - 2.0).Mean() * (output - 2.0).Mean()) });
        Assert.True(drawn.History[^1].Penalty < drawn.History[0].Penalty / 5, $"{drawn.History[0].Penalty} became {drawn.History[^1].Penalty}");
        double mean = 0;
        Tensor<double> output = network.Predict(Data.Inputs);
        foreach (double value in output.Span)
            mean += value / output.Shape.Count;
        Assert.Equal(2, mean, 0.05);
    }

    [Fact]
    public void Sparsity_switches_edges_off()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 4, 1], KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Intervals = 3 } }, seed: 5);
        Trainer.Fit(network, Data, new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = 40 });
        KanNetwork<double> dense = network.Clone();
        Trainer.Fit(network, Data, new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = 60, Regularization = new Regularization { Lambda = 3e-2 } });
        Assert.True(Smallest(network) < 0.05 * Smallest(dense) + 1e-3, $"the smallest sizes are {Smallest(network)} with and {Smallest(dense)} without the penalty");
    }

    [Fact]
    public void Conjugate_gradients_see_the_same_curvature()
    {
        var options = new FitOptions { Epochs = 15, Regularization = new Regularization { Lambda = 1e-2 } };
        double direct = Totals(Started(), Solver with { Method = StepMethod.Cholesky }, options)[^1];
        double iterative = Totals(Started(), Solver with { Method = StepMethod.ConjugateGradient }, options)[^1];
        Assert.Equal(direct, iterative, 0.02 * direct);
    }

    private static void NeverRises(double[] totals)
    {
        for (int step = 1; step < totals.Length; step++)
            Assert.True(totals[step] <= totals[step - 1] * (1 + 1e-12), $"step {step}: {totals[step - 1]} rose to {totals[step]}");
    }

    private static double Smallest(KanNetwork<double> network)
    {
        double[] sizes = [.. Enumerable.Range(0, 4).Select(node =>
        {
            double sum = 0;
            for (int function = 0; function < network.Layers[1].Coefficients.Shape[1]; function++)
                sum += Math.Abs(network.Layers[1].Coefficients.Value[node, function, 0] - network.Layers[1].Coefficients.Value[node, 0, 0]);
            return sum;
        })];
        return sizes.Min();
    }

    private static KanNetwork<double> Started()
    {
        var options = new KanLinearOptions { Basis = new BSplineOptions { Intervals = 4 } };
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3, 1], options, seed: 2);
        Trainer.Fit(network, Data, new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = 15 });
        return network;
    }

    private static double[] Totals(KanNetwork<double> network, OptimizerOptions optimizer, FitOptions options) =>
        [.. Trainer.Fit(network, Data, options with { Optimizer = optimizer }).History.Select(record => record.TrainingLoss + record.Penalty)];
}
