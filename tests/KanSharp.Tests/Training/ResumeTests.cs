using System.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

/// <summary>An interrupted and resumed run is the uninterrupted one, bit for bit.</summary>
public class ResumeTests
{
    public static TheoryData<string, long> Cases => new()
    {
        { "adamw", 5 },
        { "adamw", 8 },
        { "adamw-validated", 13 },
        { "sgd-average", 6 },
        { "sgd-average", 12 },
        { "rmsprop-accumulated", 3 },
        { "adam-onecycle-stopping", 9 },
        { "lbfgs", 2 },
    };

    private static FitOptions Options(string name) => name switch
    {
        "sgd-average" => new FitOptions { Optimizer = new Sgd { LearningRate = 0.1, Momentum = 0.9 }, AverageDecay = 0.9 },
        "rmsprop-accumulated" => new FitOptions { Optimizer = new RmsProp { Momentum = 0.5 }, AccumulateBatches = 2, ClipNorm = 0.5 },
        "adam-onecycle-stopping" => new FitOptions { Optimizer = new Adam(), Schedule = new OneCycleSchedule(), EarlyStopping = new EarlyStopping { Patience = 3 } },
        "lbfgs" => new FitOptions { Optimizer = new Lbfgs { MaxIterations = 3, History = 4 } },
        _ => new FitOptions { Optimizer = new AdamW { LearningRate = 0.01 }, Schedule = new CosineSchedule() },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_single_precision(string name, long step) => Check<float>(name, step);

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_double_precision(string name, long step) => Check<double>(name, step);

    private static void Check<T>(string name, long stopAt)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FitOptions options = Options(name) with { Epochs = 5, BatchSize = 16, ProgressInterval = TimeSpan.Zero, Seed = 3 };
        TrainingData<T> data = TrainingSamples.Wave<T>(60);
        if (name == "adamw-validated")
            data = TrainingSamples.With(data, TrainingSamples.Wave<T>(20, 2));

        var straight = new TinyNet<T>(2, 7, 1, dropout: 0.1);
        FitResult<T> expected = Trainer.Fit(straight, data, options);

        var store = new MemoryStore<T>();
        using var source = new CancellationTokenSource();
        var progress = new DirectProgress(report =>
        {
            if (report.Step == stopAt)
                source.Cancel();
        });
        var first = new TinyNet<T>(2, 7, 1, dropout: 0.1);
        FitResult<T> interrupted = Trainer.Fit(first, data, options, progress, source.Token, new FitHooks<T> { Checkpoints = store });
        Assert.Equal(StopReason.Cancelled, interrupted.Reason);
        Assert.Equal(stopAt, interrupted.Steps);

        var second = new TinyNet<T>(2, 7, 1, seed: 99, dropout: 0.1);
        FitResult<T> actual = Trainer.Fit(second, data, options, hooks: new FitHooks<T> { Resume = store.Load() });
        Same(expected, actual, straight, second);
    }

    [Fact]
    public void A_solver_step_that_is_interrupted_is_repeated()
    {
        FitOptions options = Options("lbfgs") with { Epochs = 6 };
        TrainingData<double> data = TrainingSamples.Wave<double>(60);
        var straight = new TinyNet<double>(2, 7, 1);
        FitResult<double> expected = Trainer.Fit(straight, data, options);
        var store = new MemoryStore<double>();
        using var source = new CancellationTokenSource();
        int evaluations = 0;
        var hooks = new FitHooks<double>
        {
            Checkpoints = store,
            Penalty = (_, output) =>
            {
                if (++evaluations == 12)
                    source.Cancel();
                return output.Tape.Constant(0.0);
            },
        };
        FitResult<double> interrupted = Trainer.Fit(new TinyNet<double>(2, 7, 1), data, options, null, source.Token, hooks);
        Assert.Equal(StopReason.Cancelled, interrupted.Reason);
        Assert.InRange(evaluations, 12, 12);
        var second = new TinyNet<double>(2, 7, 1, seed: 5);
        FitResult<double> actual = Trainer.Fit(second, data, options, hooks: new FitHooks<double> { Resume = store.Load() });
        Same(expected, actual, straight, second);
    }

    [Fact]
    public void Checkpoints_come_every_so_many_epochs_and_at_the_end()
    {
        var store = new MemoryStore<float>();
        FitOptions options = Options("adamw") with { Epochs = 7, CheckpointEvery = 3 };
        Trainer.Fit(new TinyNet<float>(2, 3, 1), TrainingSamples.Wave<float>(20), options, hooks: new FitHooks<float> { Checkpoints = store });
        Assert.Equal(3, store.Saves);
        Assert.Equal(7, store.Load()!.Epoch);
        FitResult<float> more = Trainer.Fit(
            new TinyNet<float>(2, 3, 1), TrainingSamples.Wave<float>(20), options with { Epochs = 9 }, hooks: new FitHooks<float> { Resume = store.Load() });
        Assert.Equal(9, more.History.Count);
        FitResult<float> none = Trainer.Fit(
            new TinyNet<float>(2, 3, 1), TrainingSamples.Wave<float>(20), options, hooks: new FitHooks<float> { Resume = store.Load() });
        Assert.Equal(7, none.History.Count);
    }

    [Fact]
    public void Other_data_options_or_models_are_refused()
    {
        var store = new MemoryStore<float>();
        FitOptions options = Options("adamw") with { Epochs = 1 };
        TrainingData<float> data = TrainingSamples.Wave<float>(20);
        Trainer.Fit(new TinyNet<float>(2, 3, 1), data, options, hooks: new FitHooks<float> { Checkpoints = store });
        var hooks = new FitHooks<float> { Resume = store.Load() };
        Assert.Contains("samples = 20", Assert.Throws<ArgumentException>(
            () => Trainer.Fit(new TinyNet<float>(2, 3, 1), TrainingSamples.Wave<float>(21), options, hooks: hooks)).Message);
        Assert.Contains("optimizer", Assert.Throws<ArgumentException>(
            () => Trainer.Fit(new TinyNet<float>(2, 3, 1), data, options with { Optimizer = new Sgd() }, hooks: hooks)).Message);
        Assert.Contains("parameters/a", Assert.Throws<ArgumentException>(
            () => Trainer.Fit(new TinyNet<float>(2, 4, 1), data, options, hooks: hooks)).Message);
        Assert.Contains("parameters/p0", Assert.Throws<ArgumentException>(
            () => Trainer.Fit(new ParameterBag<float>([1]), data, options, hooks: hooks)).Message);
    }

    private static void Same<T>(FitResult<T> expected, FitResult<T> actual, TinyNet<T> left, TinyNet<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Reason, actual.Reason);
        Assert.Equal(expected.BestEpoch, actual.BestEpoch);
        Assert.Equal(expected.BestLoss, actual.BestLoss);
        Assert.Equal(expected.Steps, actual.Steps);
        Assert.Equal(
            expected.History.Select(record => (record.Epoch, record.TrainingLoss, record.Penalty, record.ValidationLoss, record.LearningRate)),
            actual.History.Select(record => (record.Epoch, record.TrainingLoss, record.Penalty, record.ValidationLoss, record.LearningRate)));
        Assert.Equal(left.Values(), right.Values());
    }
}
