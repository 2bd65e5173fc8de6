using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;
using static KanSharp.Tests.Training.LeastSquaresCases;

namespace KanSharp.Tests.Training;

/// <summary>Levenberg-Marquardt in whole training runs.</summary>
public class LevenbergMarquardtTests
{
    [Fact]
    public void The_toy_of_the_KAN_paper_is_learnt()
    {
        int good = 0;
        for (ulong seed = 0; seed < 6; seed++)
        {
            KanNetwork<double> network = Network<double>([2, 1, 1], seed, intervals: 5);
            FitResult<double> result = Trainer.Fit(network, Samples<double>(1000, 1), new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = 60 });
            good += result.BestLoss < 1e-4 ? 1 : 0;
            Assert.Empty(result.Warnings);
        }

        Assert.InRange(good, 3, 6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_loss_never_rises_and_the_history_says_why(int targets)
    {
        var options = new LevenbergMarquardt { Smoothness = 0, FollowRange = RangeFollowing.None, Damping = 1e-6 };
        FitResult<double> result = Trainer.Fit(Network<double>([2, 3, targets]), Samples<double>(300, targets), new FitOptions { Optimizer = options, Epochs = 40 });
        Assert.True(result.History[^1].TrainingLoss < 1e-2 * result.History[0].TrainingLoss);
        int rejected = 0;
        double before = double.PositiveInfinity, damping = options.Damping;
        foreach (EpochRecord record in result.History)
        {
            SolverTrace trace = Assert.IsType<SolverTrace>(record.Solver);
            Assert.True(record.TrainingLoss <= before);
            Assert.Equal(0, record.Penalty);
            Assert.Equal(1, trace.Accepted);
            Assert.True(trace.GainRatio > 0);
            Assert.True(trace.Rejected == 0 ? trace.Damping <= 2 * damping : trace.Damping > 0.39 * damping);
            rejected += trace.Rejected;
            (before, damping) = (record.TrainingLoss, trace.Damping);
        }

        Assert.True(rejected > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_stops_where_nothing_improves(bool projection)
    {
        var options = new LevenbergMarquardt { VariableProjection = projection, Tolerance = 1e-3 };
        KanNetwork<double> network = Network<double>([2, 2, 1], intervals: 3);
        FitResult<double> result = Trainer.Fit(network, Samples<double>(200, 1), new FitOptions { Optimizer = options, Epochs = 2000 });
        Assert.Equal(StopReason.Converged, result.Reason);
        Assert.Contains("can not lower the loss any further", result.Message);
        Assert.InRange(result.History.Count, 4, 1999);
    }

    [Fact]
    public void A_solved_problem_ends_at_once()
    {
        KanNetwork<double> network = Network<double>([2, 1], options: new KanLinearOptions { EdgeScale = false });
        TrainingData<double> data = Samples<double>(50, 1);
        network.Predict(data.Inputs).Span.CopyTo(data.Targets!.Span);
        FitResult<double> result = Trainer.Fit(network, data, new FitOptions { Optimizer = new LevenbergMarquardt { Smoothness = 0 }, Epochs = 50 });
        Assert.Equal(StopReason.Converged, result.Reason);
        Assert.InRange(result.BestLoss, 0, 1e-20);
        Assert.InRange(result.History.Count, 1, 8);
    }

    [Theory]
    [InlineData(5e-6)]
    public void Single_precision_ends_near_its_own_limit(double limit)
    {
        // one layer: the target is a sum of functions of one input each
        TrainingData<float> data = Samples<float>(400, 1);
        for (int row = 0; row < data.Count; row++)
            data.Targets![row, 0] = MathF.Sin(data.Inputs[row, 0]) + data.Inputs[row, 1] * data.Inputs[row, 1];
        KanNetwork<float> network = Network<float>([2, 1], intervals: 30);
        FitResult<float> result = Trainer.Fit(network, data, new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = 30 });
        Assert.InRange(Math.Sqrt(result.BestLoss), 0, limit);
    }

    [Fact]
    public void Edge_scales_are_folded_without_changing_the_function()
    {
        var options = new KanLinearOptions { Bias = true, Mask = true };
        KanNetwork<double> network = Network<double>([2, 3, 2], options: options);
        foreach (KanLinear<double> layer in network.Layers)
        {
            for (int edge = 0; edge < layer.EdgeScale!.Shape.Count; edge++)
                layer.EdgeScale.Value.Span[edge] = edge == 1 ? 0 : 0.3 + edge;
        }

        network.Layers[1].EdgeScale!.Trainable = false;
        double[] held = network.Layers[1].EdgeScale!.Value.Span.ToArray();
        TrainingData<double> data = Samples<double>(100, 2);
        double[] before = network.Predict(data.Inputs).Span.ToArray();
        _ = new TrainingRun<double>(network, data, new FitOptions { Optimizer = new LevenbergMarquardt() }, new FitHooks<double>(), null, default);
        double[] after = network.Predict(data.Inputs).Span.ToArray();
        Assert.All(Enumerable.Range(0, before.Length), index => Assert.Equal(before[index], after[index], 1e-13));
        Assert.All(network.Layers[0].EdgeScale!.Value.Span.ToArray(), scale => Assert.Equal(1, scale));
        Assert.Equal(held, network.Layers[1].EdgeScale!.Value.Span.ToArray());
    }

    [Theory]
    [InlineData(RangeFollowing.None)]
    [InlineData(RangeFollowing.HiddenLayers)]
    [InlineData(RangeFollowing.AllLayers)]
    public void Grids_follow_where_they_are_asked_to(RangeFollowing follow)
    {
        TrainingData<double> data = Samples<double>(200, 1);
        foreach (ref double value in data.Inputs.Span)
            value *= 2;
        KanNetwork<double> network = Network<double>([2, 2, 1]);
        double[][] before = [.. network.Layers.Select(layer => layer.Knots.Value.Span.ToArray())];
        Trainer.Fit(network, data, new FitOptions { Optimizer = new LevenbergMarquardt { FollowRange = follow }, Epochs = 6 });
        Assert.Equal(follow != RangeFollowing.AllLayers, before[0].SequenceEqual(network.Layers[0].Knots.Value.Span.ToArray()));
        Assert.Equal(follow == RangeFollowing.None, before[1].SequenceEqual(network.Layers[1].Knots.Value.Span.ToArray()));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("cg")]
    [InlineData("projection")]
    public void Threads_do_not_change_a_bit(string method)
    {
        double[] Fit(int threads)
        {
            using var executor = new Executor(threads);
            KanNetwork<double> network = Network<double>([2, 5, 2]);
            Trainer.Fit(network, Samples<double>(500, 2), new FitOptions { Optimizer = Optimizer(method), Epochs = 4, Executor = executor });
            return Values(network);
        }

        double[] one = Fit(1);
        Assert.Equal(one, Fit(2));
        Assert.Equal(one, Fit(3));
    }

    [Theory]
    [InlineData("plain", 1)]
    [InlineData("plain", 5)]
    [InlineData("plain", 60)]
    [InlineData("cg", 3)]
    [InlineData("projection", 4)]
    [InlineData("average", 4)]
    public void Resumption_is_exact(string method, long stopAt)
    {
        FitOptions options = new()
        {
            Optimizer = Optimizer(method) with { Tolerance = method == "plain" ? 1e-2 : 1e-6 },
            Epochs = stopAt > 10 ? 500 : 9,
            AverageDecay = method == "average" ? 0.5 : 0,
            ProgressInterval = TimeSpan.Zero,
        };
        TrainingData<double> data = TrainingSamples.With(Samples<double>(120, 1), Samples<double>(30, 1, 8));
        KanNetwork<double> straight = Network<double>([2, 2, 1]);
        FitResult<double> expected = Trainer.Fit(straight, data, options);
        if (stopAt > 10)
        {
            // in the middle of the slow steps that end the run
            Assert.Equal(StopReason.Converged, expected.Reason);
            stopAt = expected.Steps - 1;
        }

        var store = new MemoryStore<double>();
        using var source = new CancellationTokenSource();
        var progress = new DirectProgress(report =>
        {
            if (report.Step == stopAt)
                source.Cancel();
        });
        FitResult<double> stopped = Trainer.Fit(Network<double>([2, 2, 1]), data, options, progress, new FitHooks<double> { Checkpoints = store }, source.Token);
        Assert.Equal(stopAt, stopped.Steps);
        KanNetwork<double> second = Network<double>([2, 2, 1], seed: 8);
        FitResult<double> actual = Trainer.Fit(second, data, options, hooks: new FitHooks<double> { Resume = store.Load() });
        Assert.Equal(expected.Reason, actual.Reason);
        Assert.Equal(expected.Steps, actual.Steps);
        Assert.Equal(Values(straight), Values(second));
        Assert.Equal(expected.History.Select(record => (record.TrainingLoss, record.Solver)), actual.History.Select(record => (record.TrainingLoss, record.Solver)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(19)]
    [InlineData(40)]
    public void A_cancelled_step_keeps_the_best_so_far(int forwards)
    {
        using var source = new CancellationTokenSource();
        TrainingData<double> data = Samples<double>(200, 1);
        var module = new Watched(Network<double>([2, 2, 1]));
        double start = MeanSquares(module, data);
        int seen = 0;
        module.Seen = () =>
        {
            if (++seen == forwards)
                source.Cancel();
        };
        FitResult<double> result = Trainer.Fit(module, data, new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = 100 }, cancellation: source.Token);
        module.Seen = () => { };
        Assert.Equal(StopReason.Cancelled, result.Reason);
        double end = MeanSquares(module, data);
        Assert.True(double.IsFinite(end) && end <= start);
        if (result.History.Count > 0)
            Assert.True(end <= result.History.Min(record => record.TrainingLoss) * (1 + 1e-9));
    }

    [Fact]
    public void A_time_limit_ends_it()
    {
        FitResult<double> result = Trainer.Fit(
            Network<double>([2, 5, 1]), Samples<double>(500, 1), new FitOptions { Optimizer = new LevenbergMarquardt { Tolerance = 0 }, Epochs = 1_000_000, TimeLimit = TimeSpan.FromMilliseconds(50) });
        Assert.Contains(result.Reason, new[] { StopReason.TimeLimit, StopReason.Converged });
    }

    [Fact]
    public void Frozen_parameters_stay_and_the_others_learn()
    {
        KanNetwork<double> network = Network<double>([2, 3, 1]);
        network.Layers[0].Coefficients.Trainable = false;
        network.Layers[0].EdgeScale!.Trainable = false;
        network.Layers[1].BaseWeight!.Trainable = false;
        double[] Held() => [.. network.Layers[0].Coefficients.Value.Span, .. network.Layers[0].EdgeScale!.Value.Span, .. network.Layers[1].BaseWeight!.Value.Span];
        double[] held = Held();
        FitResult<double> result = Trainer.Fit(
            network, Samples<double>(200, 1), new FitOptions { Optimizer = new LevenbergMarquardt { FollowRange = RangeFollowing.None, Method = StepMethod.ConjugateGradient }, Epochs = 10 });
        Assert.True(result.BestLoss < 0.1 * result.History[0].TrainingLoss || result.BestLoss < 0.05);
        Assert.Equal(held, Held());
    }

    private static LevenbergMarquardt Optimizer(string method) => new()
    {
        Method = method == "cg" ? StepMethod.ConjugateGradient : StepMethod.Automatic,
        VariableProjection = method == "projection",
    };

    private static double MeanSquares(Module<double> module, TrainingData<double> data) =>
        module.Predict(data.Inputs).Span.ToArray().Zip(data.Targets!.Span.ToArray(), (y, t) => (y - t) * (y - t)).Average();

    /// <summary>Tells of every forward pass.</summary>
    private sealed class Watched(Module<double> inner) : Module<double>
    {
        public Action Seen { get; set; } = () => { };

        public override IReadOnlyList<Member<double>> Members { get; } = [("inner", inner)];

        public override Var<double> Forward(Var<double> x)
        {
            Seen();
            return inner.Forward(x);
        }
    }
}
