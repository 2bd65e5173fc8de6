using KanSharp.Data;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

public class CrossValidationTests
{
    private static readonly FitOptions Quick = new() { Epochs = 10, BatchSize = 16, Optimizer = new AdamW { LearningRate = 0.05 } };

    private static Dataset<double> Values(int count)
    {
        TrainingData<double> data = TrainingSamples.Wave<double>(count);
        return Dataset.Regression(data.Inputs.Span.ToArray(), 2, data.Targets!.Span.ToArray());
    }

    private static Dataset<float> Classes(int count)
    {
        TrainingData<float> data = TrainingSamples.Thirds<float>(count);
        return Dataset.Classification(data.Inputs.Span.ToArray(), 2, data.Labels.ToArray(), ["a", "b", "c"]);
    }

    [Fact]
    public void Every_sample_is_held_out_once_and_scores_are_summarised()
    {
        var held = new List<double>();
        var seeds = new HashSet<ulong>();
        CrossValidationResult result = CrossValidation.Run(
            Values(23),
            fold =>
            {
                Assert.Equal(23, fold.Train.Count + fold.HeldOut.Count);
                held.AddRange(fold.HeldOut.Targets.ToArray());
                seeds.Add(fold.Seed);
                return new Dictionary<string, double> { ["index"] = fold.Index };
            },
            folds: 4);
        Assert.Equal(Values(23).Targets.ToArray().Order(), held.Order());
        Assert.Equal(4, seeds.Count);
        Assert.Equal(1.5, result.Mean("index"));
        Assert.Equal(Math.Sqrt(5 / 3.0), result.StandardDeviation("index"), 1e-15);
        Assert.Throws<ArgumentException>(() => result.Mean("rmse"));
        Assert.False(result.Cancelled);
    }

    [Fact]
    public void Modules_are_trained_and_scored_reproducibly()
    {
        CrossValidationResult first = CrossValidation.Run(Values(60), seed => new TinyNet<double>(2, 8, 1, seed), Quick, folds: 3);
        CrossValidationResult second = CrossValidation.Run(Values(60), seed => new TinyNet<double>(2, 8, 1, seed), Quick, folds: 3);
        Assert.Equal(["rmse", "mae", "r2"], first.Names);
        Assert.Equal(first.Rounds.SelectMany(round => round.Values), second.Rounds.SelectMany(round => round.Values));
        Assert.True(first.StandardDeviation("rmse") > 0);
        CrossValidationResult classes = CrossValidation.Run(Classes(90), seed => new TinyNet<float>(2, 8, 3, seed), Quick, folds: 3);
        Assert.Equal(["accuracy", "macro_f1", "log_loss"], classes.Names);
        Assert.InRange(classes.Mean("accuracy"), 0.7, 1);
    }

    [Fact]
    public void Cancellation_drops_the_round_in_progress()
    {
        using var source = new CancellationTokenSource();
        int created = 0;
        CrossValidationResult result = CrossValidation.Run(
            Values(30),
            seed =>
            {
                if (++created == 2)
                    source.Cancel();
                return new TinyNet<double>(2, 3, 1, seed);
            },
            Quick with { Epochs = 1 },
            folds: 5,
            cancellation: source.Token);
        Assert.True(result.Cancelled);
        Assert.Single(result.Rounds);
        Assert.Equal(0, result.StandardDeviation("rmse"));
    }
}
