using KanSharp.Bases;
using KanSharp.Data;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

public class TabularTrainerTests
{
    private static readonly FitOptions Short = new() { Epochs = 60, BatchSize = 32, Optimizer = new AdamW { LearningRate = 0.02 } };

    [Fact]
    public void RegressionPredictsInOriginalUnits()
    {
        Table table = Waves(400);
        TabularFit<double> fit = TabularTrainer.Fit<double>(table, ["force"], new TabularOptions { Fit = Short, Test = 0.2, Hidden = [5] });
        Assert.Equal(TabularTask.Regression, fit.Model.Task);
        Assert.Equal("test", fit.HeldOut.Name);
        Dataset<double> rows = fit.HeldOut.Rows;
        double[] predicted = fit.Model.Predict(rows.Features);
        double error = Math.Sqrt(predicted.Zip(rows.Targets.ToArray(), (p, y) => (p - y) * (p - y)).Average());
        Assert.True(error < 15, $"RMSE {error} where the target's standard deviation is about 100");
        Assert.Equal(predicted[3], fit.Model.Predict(rows.Features.Slice(3 * rows.Inputs, rows.Inputs))[0], 1e-9);
    }

    [Fact]
    public void SeveralTargetsAreFittedTogether()
    {
        TabularFit<float> fit = TabularTrainer.Fit<float>(Waves(300), ["force", "angle"], new TabularOptions { Fit = Short, Hidden = [6] });
        Assert.Equal(["speed", "kind=left", "kind=right", "third"], fit.Model.Encoding.FeatureNames);
        Assert.Equal([4, 6, 2], ((KanNetwork<float>)fit.Model.Network).Widths);
        Assert.Equal(2, fit.Model.Predict(Waves(10)).Row(0).Length);
    }

    [Fact]
    public void BinaryTasksHaveOneOutputAndTwoProbabilities()
    {
        TabularFit<double> fit = TabularTrainer.Fit<double>(Waves(400), ["kind"], new TabularOptions { Fit = Short, Hidden = [4] });
        Assert.Equal(TabularTask.Binary, fit.Model.Task);
        Assert.Equal(1, fit.Model.NetworkOutputs);
        TabularPrediction prediction = fit.Model.Predict(Waves(50));
        int correct = 0;
        for (int row = 0; row < prediction.Count; row++)
        {
            Assert.Equal(1, prediction.Row(row)[0] + prediction.Row(row)[1], 1e-12);
            correct += fit.Model.Classes[prediction.ClassOf(row)] == Waves(50)["kind"].Texts[row] ? 1 : 0;
        }

        Assert.True(correct >= 45, $"{correct} of 50");
    }

    [Fact]
    public void MulticlassProbabilitiesSumToOne()
    {
        TabularFit<float> fit = TabularTrainer.Fit<float>(Waves(300), ["third"], new TabularOptions { Fit = Short });
        Assert.Equal(TabularTask.Multiclass, fit.Model.Task);
        TabularPrediction prediction = fit.Model.Predict(Waves(20));
        for (int row = 0; row < prediction.Count; row++)
            Assert.Equal(1, prediction.Row(row).ToArray().Sum(), 1e-9);
        Assert.Contains(fit.Choices, choice => choice.StartsWith("width 5,16,3", StringComparison.Ordinal));
    }

    [Fact]
    public void SameSeedSameModel()
    {
        var options = new TabularOptions { Fit = Short with { Epochs = 5 }, Seed = 3, Layer = new BSplineOptions { Intervals = 3 } };
        double[] first = TabularTrainer.Fit<float>(Waves(200), ["force"], options).Model.Predict(Waves(20)).Values;
        options = options with { Fit = options.Fit with { Executor = new Executor(1) } };
        Assert.Equal(first, TabularTrainer.Fit<float>(Waves(200), ["force"], options).Model.Predict(Waves(20)).Values);
    }

    [Fact]
    public void PerceptronIsABaselineWithTheSameInterface()
    {
        TabularFit<float> fit = TabularTrainer.Fit<float>(Waves(300), ["force"], new TabularOptions { Mlp = true, Fit = Short });
        Assert.IsType<Mlp<float>>(fit.Model.Network);
        Assert.True(fit.Training.BestLoss < 0.2, $"{fit.Training.BestLoss}");
    }

    [Fact]
    public void PartsThatDoNotFitAreRefused()
    {
        TabularModel<double> model = TabularTrainer.Fit<double>(Waves(60), ["force"], new TabularOptions { Fit = Short with { Epochs = 1 } }).Model;
        Assert.Throws<ArgumentException>(() => new TabularModel<double>(model.Network, model.Encoding, LinearScaling.Identity(2), model.TargetScaling));
        Assert.Throws<ArgumentException>(() => new TabularModel<double>(model.Network, model.Encoding, model.InputScaling, null));
        Assert.Throws<ArgumentException>(() => new TabularModel<double>(
            model.Network, model.Encoding, model.InputScaling, model.TargetScaling, new Dictionary<string, string> { ["mass"] = "kg" }));
        Assert.Throws<ArgumentException>(() => model.Predict([1.0, 2.0]));
    }

    /// <summary>speed and kind determine force (about 1000 ± 100), angle, and third.</summary>
    private static Table Waves(int rows)
    {
        var random = new SplitRandom(1);
        var speed = new double[rows];
        var force = new double[rows];
        var angle = new double[rows];
        var third = new double[rows];
        var kind = new string[rows];
        for (int row = 0; row < rows; row++)
        {
            speed[row] = 20 * random.NextDouble();
            kind[row] = speed[row] > 9 ? "right" : "left";
            force[row] = 1000 + 100 * Math.Sin(speed[row] / 2) + (kind[row] == "left" ? 50 : -50);
            angle[row] = speed[row] * speed[row] / 40;
            third[row] = Math.Floor(speed[row] / 7);
        }

        return new Table([
            new TableColumn("speed", speed), new TableColumn("kind", kind), new TableColumn("force", force), new TableColumn("angle", angle), new TableColumn("third", third)]);
    }
}
