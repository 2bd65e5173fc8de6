using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

/// <summary>What the loop does for KAN layers: grid updates and the sparsity penalty.</summary>
public class KanTrainingTests
{
    private static readonly FitOptions Following = new()
    {
        Optimizer = new AdamW { LearningRate = 0.01 },
        Epochs = 9,
        BatchSize = 32,
        Lambda = 1e-4,
        GridUpdates = new GridUpdateSchedule { Every = 3, Until = 7, Samples = 50 },
        ProgressInterval = TimeSpan.Zero,
    };

    private static KanNetwork<T> Network<T>(ulong seed = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        KanNetwork<T>.Create([2, 3, 1], new BSplineOptions { Intervals = 4 }, seed);

    private static T[] Values<T>(Module<T> module)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. module.Parameters().SelectMany(entry => entry.Parameter.Value.Span.ToArray()), .. module.States().SelectMany(entry => entry.State.Value.Span.ToArray())];

    [Fact]
    public void Lbfgs_with_grid_updates_learns_a_product()
    {
        KanNetwork<double> network = Network<double>();
        FitResult<double> result = Trainer.Fit(network, TrainingSamples.Wave<double>(300), Following with
        {
            Optimizer = new Lbfgs(),
            Epochs = 20,
            Lambda = 0,
            GridUpdates = new GridUpdateSchedule { Every = 5, Until = 11 },
        });
        Assert.InRange(result.BestLoss, 0, 5e-4);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void The_penalty_is_that_of_the_layers()
    {
        KanNetwork<double> network = Network<double>();
        double expected = EdgeRegularization.Penalty(new Tape<double>(), network, 2, 3).Item * 0.5;
        FitResult<double> result = Trainer.Fit(
            network, TrainingSamples.Wave<double>(40), new FitOptions { Epochs = 1, BatchSize = 0, Lambda = 0.5, LambdaL1 = 2, LambdaEntropy = 3 });
        Assert.Equal(expected, result.History[0].Penalty, 1e-12 * expected);
    }

    [Theory]
    [InlineData("adamw", 4)]
    [InlineData("adamw", 12)]
    [InlineData("adamw", 17)]
    [InlineData("sgd", 12)]
    [InlineData("lbfgs", 3)]
    [InlineData("lbfgs", 5)]
    public void Resumption_is_exact_around_grid_updates(string name, long stopAt)
    {
        FitOptions options = Following with
        {
            Optimizer = name switch
            {
                "lbfgs" => new Lbfgs { MaxIterations = 4 },
                "sgd" => new Sgd { LearningRate = 0.05, Momentum = 0.9 },
                _ => new AdamW { LearningRate = 0.01 },
            },
            AverageDecay = name == "sgd" ? 0.9 : 0,
        };
        TrainingData<float> data = TrainingSamples.With(TrainingSamples.Wave<float>(120), TrainingSamples.Wave<float>(30, 4));
        KanNetwork<float> straight = Network<float>();
        FitResult<float> expected = Trainer.Fit(straight, data, options);
        var store = new MemoryStore<float>();
        using var source = new CancellationTokenSource();
        var progress = new DirectProgress(report =>
        {
            if (report.Step == stopAt)
                source.Cancel();
        });
        FitResult<float> stopped = Trainer.Fit(Network<float>(), data, options, progress, new FitHooks<float> { Checkpoints = store }, source.Token);
        Assert.Equal(stopAt, stopped.Steps);
        KanNetwork<float> second = Network<float>(seed: 8);
        FitResult<float> actual = Trainer.Fit(second, data, options, hooks: new FitHooks<float> { Resume = store.Load() });
        Assert.Equal(Values(straight), Values(second));
        Assert.Equal(
            expected.History.Select(record => (record.TrainingLoss, record.Penalty, record.ValidationLoss)),
            actual.History.Select(record => (record.TrainingLoss, record.Penalty, record.ValidationLoss)));
    }

    [Fact]
    public void A_grid_update_restarts_the_moments_of_what_it_rewrote()
    {
        KanNetwork<double> network = Network<double>();
        TrainingData<double> data = TrainingSamples.Wave<double>(64);
        FirstOrderOptimizer<double> optimizer = new AdamW().Bind(network);
        foreach (ParameterSlot<double> slot in optimizer.Slots)
        {
            slot.Updates = 5;
            slot.First[0] = 1;
        }

        var follower = new GridFollower<double>(network, data, Following, optimizer, null);
        follower.Apply(new GridUpdateSchedule(), Enumerable.Range(0, 64).ToArray());
        foreach (ParameterSlot<double> slot in optimizer.Slots)
            Assert.Equal(slot.Path.EndsWith("coefficients", StringComparison.Ordinal) ? 0 : 5, slot.Updates);
        Assert.Contains(optimizer.Slots, slot => slot.Updates == 5);
    }

    [Fact]
    public void Divergence_that_a_grid_update_meets_is_a_result()
    {
        var network = KanNetwork<float>.Create([2, 3, 3, 1], new BSplineOptions { Intervals = 4 });
        FitResult<float> result = Trainer.Fit(network, TrainingSamples.Wave<float>(64), Following with
        {
            Optimizer = new Sgd { LearningRate = 1e30 },
            BatchSize = 0,
            GridUpdates = new GridUpdateSchedule { Every = 1 },
        });
        Assert.Equal(StopReason.Diverged, result.Reason);
        Assert.Contains("Epoch 2, grid update: input", result.Message);
        Assert.Equal(1, result.BestEpoch);
        Assert.DoesNotContain(Values(network), value => !float.IsFinite(value));

        TrainingData<float> broken = TrainingSamples.Wave<float>(10);
        broken.Inputs[6, 1] = float.NaN;
        FitResult<float> refused = Trainer.Fit(Network<float>(), broken, Following);
        Assert.Equal(StopReason.Diverged, refused.Reason);
        Assert.Contains("Epoch 1, grid update: input 1 of sample 6 is NaN", refused.Message);
    }

    [Fact]
    public void Grids_whose_knots_would_overflow_stay()
    {
        var inputs = new Tensor<float>(new Shape(8, 2));
        for (int row = 0; row < 8; row++)
            inputs[row, 0] = inputs[row, 1] = (row - 3.5f) / 3.5f * 3.4e38f;
        KanNetwork<float> network = Network<float>();
        float[] before = Values(network);
        FitResult<float> result = Trainer.Fit(network, new TrainingData<float>(inputs, new Tensor<float>(new Shape(8, 1))), Following with { Epochs = 1 });
        Assert.Contains(result.Warnings, warning => warning.Contains("layer 0, input 1: samples from -3.4E+38 to 3.4E+38"));
        Assert.Equal(StopReason.Diverged, result.Reason);
        Assert.Equal(before, Values(network));
    }

    [Fact]
    public void Options_without_effect_are_warned_about()
    {
        FitResult<float> result = Trainer.Fit(new TinyNet<float>(2, 3, 1), TrainingSamples.Wave<float>(20), Following with { Epochs = 1 });
        Assert.Contains(result.Warnings, warning => warning.StartsWith("Lambda", StringComparison.Ordinal));
        Assert.Contains(result.Warnings, warning => warning.StartsWith("GridUpdates", StringComparison.Ordinal));
        var constant = new TrainingData<float>(new Tensor<float>(new Shape(8, 2)), new Tensor<float>(new Shape(8, 1)));
        FitResult<float> kept = Trainer.Fit(Network<float>(), constant, Following with { Epochs = 1 });
        Assert.Contains(kept.Warnings, warning => warning.Contains("layer 0, input 1"));

        var store = new MemoryStore<float>();
        Trainer.Fit(Network<float>(), constant, Following with { Epochs = 1 }, hooks: new FitHooks<float> { Checkpoints = store });
        FitResult<float> later = Trainer.Fit(Network<float>(), constant, Following with { Epochs = 2 }, hooks: new FitHooks<float> { Resume = store.Load() });
        Assert.Equal(kept.Warnings, later.Warnings);
    }

    [Fact]
    public void A_steady_step_allocates_nothing()
    {
        using var executor = new Executor(1);
        var run = new TrainingRun<float>(
            Network<float>(), TrainingSamples.Wave<float>(640), Following with { Executor = executor, GridUpdates = null }, new FitHooks<float>(), null, default);
        run.BeginEpoch();
        for (int step = 0; step < 3; step++)
            Assert.Null(run.Step());
        Assert.Equal(0, SteadyState.AllocatedBytes(() => run.Step()));
    }
}
