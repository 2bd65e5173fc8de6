using KanSharp.Data;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

public class TabularEvaluationTests
{
    private static readonly FitOptions Short = new() { Epochs = 15, BatchSize = 32, Optimizer = new AdamW { LearningRate = 0.02 } };

    [Theory]
    [InlineData("y", "rmse")]
    [InlineData("kind", "accuracy")]
    [InlineData("third", "accuracy")]
    public void TheMetricOfAnEpochIsThatOfTheModelOnTheValidationRows(string target, string name)
    {
        var options = new TabularOptions { Fit = Short with { Epochs = 1 }, Hidden = [3] };
        TabularProblem<double> problem = TabularProblem<double>.Create(Rows(), [target], options);
        Metric<double> metric = TabularEvaluation.EpochMetric(problem);
        Assert.Equal(name, metric.Name);
        TabularFit<double> fit = TabularTrainer.Fit(problem, options, hooks: new FitHooks<double> { Metrics = [metric] });
        TabularEvaluation evaluation = TabularEvaluation.Of(fit.Model, problem.Split.Validation!);
        Assert.Equal(evaluation.Regression?.Rmse ?? evaluation.Classification!.Accuracy, fit.Training.History[0].Metrics[0], 1e-9);
        Assert.Equal(problem.Split.Validation!.Count, evaluation.Rows);
    }

    [Fact]
    public void TheMeanReachesTheStandardDeviationOfItsOwnRows()
    {
        TabularProblem<double> problem = TabularProblem<double>.Create(Rows(), ["y"], new TabularOptions { Validation = 0 });
        Dataset<double> rows = problem.Split.Train;
        TabularEvaluation constant = TabularEvaluation.Constant(rows, rows);
        double mean = rows.Targets.ToArray().Average();
        Assert.Equal(Math.Sqrt(rows.Targets.ToArray().Average(y => (y - mean) * (y - mean))), constant.Regression!.Rmse, 1e-9);
        Assert.Equal(0, constant.Regression.R2, 1e-12);
    }

    [Fact]
    public void TheSharesOfTheClassesReachTheirEntropy()
    {
        TabularProblem<double> problem = TabularProblem<double>.Create(Rows(), ["third"], new TabularOptions { Validation = 0 });
        Dataset<double> rows = problem.Split.Train;
        TabularEvaluation constant = TabularEvaluation.Constant(rows, rows);
        double[] shares = [.. Enumerable.Range(0, rows.Outputs).Select(label => rows.Classes.ToArray().Count(c => c == label) / (double)rows.Count)];
        Assert.Equal(shares.Max(), constant.Classification!.Accuracy, 1e-12);
        Assert.Equal(-shares.Sum(p => p * Math.Log(p)), constant.Classification.LogLoss, 1e-9);
    }

    [Fact]
    public void ACheckpointPutsItsParametersIntoAModule()
    {
        var options = new TabularOptions { Fit = Short, Hidden = [3] };
        var store = new MemoryStore<double>();
        TabularFit<double> fit = TabularTrainer.Fit<double>(Rows(), ["y"], options, hooks: new FitHooks<double> { Checkpoints = store });
        var network = (KanNetwork<double>)fit.Model.Network;
        KanNetwork<double> last = network.Clone();
        store.Load()!.CopyTo(last);
        Assert.Equal(store.Load()!.Arrays["parameters/layers.0.coefficients"], last.Layers[0].Coefficients.Value.Span.ToArray());
        Assert.Throws<ArgumentException>(() => store.Load()!.CopyTo(KanNetwork<double>.Create([1, 1])));
    }

    [Theory]
    [InlineData("adamw")]
    [InlineData("adam")]
    [InlineData("sgd")]
    [InlineData("rmsprop")]
    [InlineData("lbfgs")]
    [InlineData("ssbroyden")]
    public void UsualTrainingLowersTheLossWithEveryOptimiser(string optimizer)
    {
        FitOptions usual = TabularDefaults.Training(300, optimizer: optimizer);
        Assert.Equal(optimizer, usual.Optimizer.Name);
        TabularFit<double> fit = TabularTrainer.Fit<double>(Rows(), ["y"], new TabularOptions { Fit = usual with { Epochs = 40 }, Hidden = [3] });
        Assert.True(fit.Training.BestLoss < 0.5, $"{optimizer}: {fit.Training.BestLoss}");
    }

    private static Table Rows()
    {
        double[] x = [.. Enumerable.Range(0, 300).Select(i => Math.Sin(i * 1.3))];
        double[] z = [.. Enumerable.Range(0, 300).Select(i => Math.Cos(i * 0.77))];
        return new Table(
        [
            new TableColumn("x", x),
            new TableColumn("z", z),
            new TableColumn("y", [.. x.Zip(z, (a, b) => 50 + 9 * (a * a + b))]),
            new TableColumn("kind", [.. x.Select(a => a > 0 ? "up" : "down")]),
            new TableColumn("third", [.. z.Select(b => b < -0.4 ? "a" : b < 0.5 ? "b" : "c")]),
        ]);
    }
}
