using KanSharp.Data;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

/// <summary>Which optimiser is chosen for which table, and what follows from it.</summary>
public class OptimizerChoiceTests
{
    [Fact]
    public void ANoiseFreeTargetIsLeftToLevenbergMarquardt()
    {
        OptimizerChoice choice = OptimizerChoice.For(Problem(400, 0));
        Assert.Equal("lm", choice.Optimizer);
        Assert.True(choice.NoiseFree);
        Assert.Contains("parameters on 320 rows", choice.Reason);
        Assert.Contains("of the variance of 64 other rows", choice.Reason);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    public void ANoisyTargetIsLeftToAdamW(double noise)
    {
        OptimizerChoice choice = OptimizerChoice.For(Problem(400, noise));
        Assert.Equal("adamw", choice.Optimizer);
        Assert.False(choice.NoiseFree);
        Assert.Contains("of the variance of 64 other rows; Levenberg-Marquardt is chosen below 0.0005", choice.Reason);
    }

    [Fact]
    public void TheTrialNeitherDependsOnThreadsNorOnPrecision()
    {
        using var one = new Executor(1);
        string reason = OptimizerChoice.For(Problem(400, 0.1), executor: one).Reason;
        Assert.Equal(reason, OptimizerChoice.For(Problem(400, 0.1)).Reason);
        Assert.Equal(reason, OptimizerChoice.For(Problem(400, 0.1).As<float>()).Reason);
    }

    [Fact]
    public void TaskAndSizeComeBeforeTheTrial()
    {
        TabularProblem<double> classes = TabularProblem<double>.Create(Rows(400, 0), ["sign"], new TabularOptions { Encoding = new EncodingOptions { Exclude = ["y"] } });
        Assert.Contains("cross-entropy", OptimizerChoice.For(classes).Reason);
        Assert.Contains("perceptron", OptimizerChoice.For(Problem(400, 0), new TabularOptions { Mlp = true }).Reason);
        Assert.Contains("24 training rows are too few", OptimizerChoice.For(Problem(30, 0)).Reason);
        OptimizerChoice large = OptimizerChoice.For(Problem(400, 0), new TabularOptions { Hidden = [3000] });
        Assert.Equal("adamw", large.Optimizer);
        Assert.Contains("would cost too much: 81,000 parameters on 320 rows", large.Reason);
        Assert.Contains("cancelled", OptimizerChoice.For(Problem(400, 0), cancellation: new CancellationToken(canceled: true)).Reason);
    }

    [Fact]
    public void AnOptimiserThatIsAskedForIsTakenWithSettingsForTheNoise()
    {
        Assert.Equal("nk", OptimizerChoice.For(Problem(400, 0), new TabularOptions { Optimizer = "nk" }).Optimizer);
        var asked = new TabularOptions { Optimizer = "lm" };
        Assert.True(OptimizerChoice.For(Problem(400, 0), asked).NoiseFree);
        OptimizerChoice noisy = OptimizerChoice.For(Problem(400, 0.5), asked);
        Assert.Equal("lm", noisy.Optimizer);
        Assert.False(noisy.NoiseFree);
        FitOptions quiet = TabularDefaults.Training(300, optimizer: "lm", noiseFree: true), loud = TabularDefaults.Training(300, optimizer: "lm");
        Assert.Equal(0, ((LevenbergMarquardt)quiet.Optimizer).Ridge);
        Assert.Equal([3, 5, 10, 20], quiet.GridSchedule!.Intervals);
        Assert.Equal(1e-3, ((LevenbergMarquardt)loud.Optimizer).Ridge, 1e-12);
        Assert.Null(loud.GridSchedule);
        Assert.Equal(1, loud.GridUpdates!.Until);
    }

    [Fact]
    public void LeftToTheDefaultsANoiseFreeTableIsLearnedWellAndTheFinalGridsAreThoseOfTheModel()
    {
        TabularFit<double> fit = TabularTrainer.Fit<double>(Rows(600, 0), ["y"], new TabularOptions { Test = 0.2, Encoding = new EncodingOptions { Exclude = ["sign"] } });
        Assert.Contains(fit.Choices, choice => choice.StartsWith("optimizer lm: there is next to no noise", StringComparison.Ordinal));
        Assert.Contains("cubic splines on 3, 5, 10, 20 intervals", fit.Choices);
        var network = Assert.IsType<KanNetwork<double>>(fit.Model.Network);
        Assert.Same(fit.Training.Module, network);
        GridStage best = fit.Training.Stages.MinBy(stage => stage.Score)!;
        Assert.Equal(best.Intervals, network.Layers[0].Options.Spline.Intervals);
        double share = 1 - TabularEvaluation.Of(fit.Model, fit.Problem.Split.Test!).Regression!.R2;
        Assert.True(share < 1e-5, $"{share} of the variance is left");
    }

    private static TabularProblem<double> Problem(int rows, double noise) =>
        TabularProblem<double>.Create(Rows(rows, noise), ["y"], new TabularOptions { Encoding = new EncodingOptions { Exclude = ["sign"] } });

    /// <summary>y = exp(sin πa + b²) plus noise, its size in units of y's standard deviation of about 1.4.</summary>
    private static Table Rows(int rows, double noise)
    {
        var random = new SplitRandom(7);
        double[] a = new double[rows], b = new double[rows], y = new double[rows];
        var sign = new string[rows];
        for (int row = 0; row < rows; row++)
        {
            (a[row], b[row]) = (2 * random.NextDouble() - 1, 2 * random.NextDouble() - 1);
            y[row] = Math.Exp(Math.Sin(Math.PI * a[row]) + b[row] * b[row]) + 1.4 * noise * random.NextNormal();
            sign[row] = a[row] > 0 ? "plus" : "minus";
        }

        return new Table([new TableColumn("a", a), new TableColumn("b", b), new TableColumn("y", y), new TableColumn("sign", sign)]);
    }
}
