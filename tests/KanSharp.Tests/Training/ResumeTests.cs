using System.Globalization;
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
        { "ssbfgs", 2 },
        { "ssbroyden", 3 },
    };

    private static FitOptions Options(string name) => name switch
    {
        "sgd-average" => new FitOptions { Optimizer = new Sgd { LearningRate = 0.1, Momentum = 0.9 }, AverageDecay = 0.9 },
        "rmsprop-accumulated" => new FitOptions { Optimizer = new RmsProp { Momentum = 0.5 }, AccumulateBatches = 2, ClipNorm = 0.5 },
        "adam-onecycle-stopping" => new FitOptions { Optimizer = new Adam(), Schedule = new OneCycleSchedule(), EarlyStopping = new EarlyStopping { Patience = 3 } },
        "lbfgs" => new FitOptions { Optimizer = new Lbfgs { MaxIterations = 3, History = 4 } },
        "ssbfgs" => new FitOptions { Optimizer = new SelfScaledQuasiNewton { Variant = SelfScaledVariant.Bfgs, MaxIterations = 3 } },
        "ssbroyden" => new FitOptions { Optimizer = new SelfScaledQuasiNewton { MaxIterations = 3, Transform = LossTransform.Logarithm } },
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
        FitResult<T> interrupted = Trainer.Fit(first, data, options, progress, new FitHooks<T> { Checkpoints = store }, source.Token);
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
        FitResult<double> interrupted = Trainer.Fit(new TinyNet<double>(2, 7, 1), data, options, null, hooks, source.Token);
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

    public static TheoryData<string> Endings => ["target", "patience", "solver"];

    [Theory]
    [MemberData(nameof(Endings))]
    public void A_run_that_had_ended_ends_again_without_a_step(string why)
    {
        FitOptions options = Options("adamw") with { Epochs = 200, Schedule = new ConstantSchedule() };
        options = why switch
        {
            "target" => options with { TargetLoss = 0.1 },
            "patience" => options with { EarlyStopping = new EarlyStopping { Patience = 2, MinDelta = 0.01 } },
            _ => options with { Optimizer = new Lbfgs { GradientTolerance = 0.02 } },
        };
        TrainingData<double> data = TrainingSamples.Wave<double>(60);
        var store = new MemoryStore<double>();
        var net = new TinyNet<double>(2, 7, 1);
        FitResult<double> expected = Trainer.Fit(net, data, options, hooks: new FitHooks<double> { Checkpoints = store });
        Assert.Equal(why == "patience" ? StopReason.EarlyStopped : StopReason.Converged, expected.Reason);
        Assert.InRange(expected.History.Count, 1, 199);

        var second = new TinyNet<double>(2, 7, 1, seed: 5);
        var hooks = new FitHooks<double> { Resume = store.Load() };
        FitResult<double> again = Trainer.Fit(second, data, options with { Epochs = 300 }, hooks: hooks);
        Assert.Equal(expected.Message, again.Message);
        Same(expected, again, net, second);
        if (why != "patience")
            return;
        FitResult<double> more = Trainer.Fit(second, data, options with { EarlyStopping = new EarlyStopping { Patience = 4, MinDelta = 0.01 } }, hooks: hooks);
        Assert.True(more.History.Count > expected.History.Count);
    }

    [Fact]
    public void Every_setting_that_the_numbers_depend_on_is_compared()
    {
        var store = new MemoryStore<float>();
        FitOptions options = Options("adamw") with { Epochs = 1 };
        TrainingData<float> data = TrainingSamples.Wave<float>(20);
        Trainer.Fit(new TinyNet<float>(2, 3, 1), data, options, hooks: new FitHooks<float> { Checkpoints = store });
        var hooks = new FitHooks<float> { Resume = store.Load() };
        (string Name, FitOptions Options)[] others =
        [
            ("optimizer", options with { Optimizer = new AdamW { LearningRate = 0.011 } }),
            ("optimizer", options with { Optimizer = new AdamW { LearningRate = 0.01, WeightDecay = 0.2 } }),
            ("optimizer_groups", options with { Optimizer = new AdamW { LearningRate = 0.01, Groups = [new ParameterGroup { Path = "a", Decays = false }] } }),
            ("schedule", options with { Schedule = new CosineSchedule { Final = 0.5 } }),
            ("lambda", options with { Lambda = 0.1 }),
            ("grid_updates", options with { GridUpdates = new GridUpdateSchedule() }),
            ("clip_norm", options with { ClipNorm = 1 }),
            ("clip_value", options with { ClipValue = 1 }),
            ("average_decay", options with { AverageDecay = 0.5 }),
            ("evaluation_batch", options with { EvaluationBatch = 7 }),
            ("loss", options with { Loss = new HuberLoss() }),
        ];
        Assert.All(others, other => Assert.Contains($"with {other.Name} = ", Assert.Throws<ArgumentException>(
            () => Trainer.Fit(new TinyNet<float>(2, 3, 1), data, other.Options, hooks: hooks)).Message));
        Assert.Contains("validation_samples = 0", Assert.Throws<ArgumentException>(
            () => Trainer.Fit(new TinyNet<float>(2, 3, 1), TrainingSamples.With(data, data), options, hooks: hooks)).Message);

        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = "," } };
        try
        {
            FitOptions same = options with
            {
                Epochs = 2,
                EarlyStopping = new EarlyStopping(),
                TargetLoss = -1,
                Optimizer = new AdamW { LearningRate = 0.01, Groups = new List<ParameterGroup>() },
            };
            Assert.Equal(2, Trainer.Fit(new TinyNet<float>(2, 3, 1), data, same, hooks: hooks).History.Count);
            Assert.Equal("0,5", $"{0.5}");
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
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
