using KanSharp.Bases;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

/// <summary>Several starts, of which the best goes on.</summary>
public class MultiStartTests
{
    private static readonly TrainingData<double> Data = Dataset.Sample((x, y) => Math.Exp(Math.Sin(Math.PI * x) + y * y), samples: 300, seed: 1);

    private static readonly FitOptions Options = new()
    {
        Optimizer = new LevenbergMarquardt(),
        Epochs = 12,
        GridSchedule = new GridSchedule(2, 5, 10) { EpochsPerStage = 6 },
    };

    [Fact]
    public void The_best_start_is_trained_to_the_end()
    {
        var starts = new MultiStartOptions { Starts = 5, Epochs = 6, Survivors = 1, Seed = 40 };
        MultiStartResult<double> result = MultiStart.Fit(Create, Data, Options, starts);
        Assert.Equal(5, result.Losses.Count);
        Assert.Equal(40 + (ulong)Enumerable.Range(0, 5).MinBy(start => result.Losses[start]), result.Seed);
        for (int start = 0; start < 5; start++)
        {
            KanNetwork<double> alone = Create(40 + (ulong)start);
            Assert.Equal(Trainer.Fit(alone, Data, Options with { Epochs = 6, GridSchedule = null }).BestLoss, result.Losses[start]);
        }

        Assert.Equal([2, 5, 10], result.Fit.Stages.Select(stage => stage.Intervals));
        Assert.True(result.Fit.BestLoss < result.Losses.Min() / 100);
    }

    [Fact]
    public void Survivors_are_compared_on_the_second_grid()
    {
        var starts = new MultiStartOptions { Starts = 4, Epochs = 4, Survivors = 3 };
        MultiStartResult<double> result = MultiStart.Fit(Create, Data, Options, starts);
        int[] order = [.. Enumerable.Range(0, 4).OrderBy(start => result.Losses[start])];
        ulong best = 0;
        double lowest = double.PositiveInfinity;
        foreach (int start in order[..3])
        {
            KanNetwork<double> network = Create((ulong)start);
            Trainer.Fit(network, Data, Options with { Epochs = 4, GridSchedule = null });
            network = network.Refine(5, Data.Inputs, Options.GridSchedule!.Refine).Network;
            double loss = Trainer.Fit(network, Data, Options with { Epochs = 4, GridSchedule = null }).BestLoss;
            if (loss < lowest)
                (lowest, best) = (loss, (ulong)start);
        }

        Assert.Equal(best, result.Seed);
        Assert.Equal([5, 10], result.Fit.Stages.Select(stage => stage.Intervals));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_second_grid_that_fits_noise_is_not_taken(bool validated)
    {
        TrainingData<double> noisy = TrainingSamples.Wave<double>(40);
        var random = new Random(5);
        foreach (ref double target in noisy.Targets!.Span)
            target += random.NextDouble() - 0.5;
        TrainingData<double> data = validated ? TrainingSamples.With(noisy, TrainingSamples.Wave<double>(100, 3)) : noisy;
        FitOptions options = Options with { GridSchedule = new GridSchedule(2, 60) { EpochsPerStage = 6 } };
        MultiStartResult<double> result = MultiStart.Fit(Create, data, options, new MultiStartOptions { Starts = 3, Epochs = 6, Survivors = 2 });
        Assert.Equal(2, result.Fit.Stages[0].Intervals);
        Assert.Equal(2, ((KanNetwork<double>)result.Fit.Module).Layers[0].Options.Spline.Intervals);
        Assert.InRange(result.Fit.BestLoss, 0, result.Losses.Min() * (1 + 1e-9));
    }

    [Fact]
    public void A_time_limit_is_for_the_whole()
    {
        MultiStartResult<double> result = MultiStart.Fit(Create, Data, Options with { TimeLimit = TimeSpan.Zero }, new MultiStartOptions { Starts = 3 });
        Assert.Equal(StopReason.TimeLimit, result.Fit.Reason);
        Assert.Equal(0, result.Fit.Steps);
    }

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_threads()
    {
        using var one = new Executor(1);
        using var three = new Executor(3);
        var starts = new MultiStartOptions { Starts = 4, Epochs = 4, Survivors = 2 };
        MultiStartResult<double> left = MultiStart.Fit(Create, Data, Options with { Executor = one }, starts);
        MultiStartResult<double> right = MultiStart.Fit(Create, Data, Options with { Executor = three }, starts);
        Assert.Equal(left.Losses, right.Losses);
        Assert.Equal(left.Fit.BestLoss, right.Fit.BestLoss);
        Assert.Equal(left.Seed, right.Seed);
    }

    [Fact]
    public void Cancelled_it_gives_the_best_so_far()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        MultiStartResult<double> result = MultiStart.Fit(Create, Data, Options, new MultiStartOptions { Starts = 3 }, cancellation: source.Token);
        Assert.Equal(StopReason.Cancelled, result.Fit.Reason);
        Assert.NotNull(result.Fit.Module);
        Assert.All(result.Fit.Module.Parameters(), entry => Assert.False(entry.Parameter.Value.Span.Contains(double.NaN)));
    }

    [Fact]
    public void A_start_that_diverges_is_not_chosen()
    {
        MultiStartResult<double> result = MultiStart.Fit(
            seed =>
            {
                KanNetwork<double> network = Create(seed);
                if (seed == 0)
                    network.Layers[0].Coefficients.Value.Span[0] = double.NaN;
                return network;
            },
            Data,
            Options with { GridSchedule = null },
            new MultiStartOptions { Starts = 2, Epochs = 3 });
        Assert.Equal(double.PositiveInfinity, result.Losses[0]);
        Assert.Equal(1ul, result.Seed);
    }

    [Fact]
    public void Numbers_below_one_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiStartOptions { Starts = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiStartOptions { Epochs = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiStartOptions { Survivors = 0 });
    }

    private static KanNetwork<double> Create(ulong seed) =>
        KanNetwork<double>.Create([2, 1, 1], KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Intervals = 2 } }, seed);
}
