using KanSharp.Autodiff;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

public class TrainerTests
{
    private static readonly FitOptions Quick = new()
    {
        Optimizer = new AdamW { LearningRate = 0.02 },
        Epochs = 30,
        BatchSize = 32,
        ProgressInterval = TimeSpan.Zero,
    };

    [Fact]
    public void Regression_learns_with_mini_batches()
    {
        var net = new TinyNet<double>(2, 16, 1);
        FitResult<double> result = Trainer.Fit(net, TrainingSamples.Wave<double>(300), Quick with { Epochs = 150 });
        Assert.Equal(StopReason.BudgetReached, result.Reason);
        Assert.Equal(150, result.History.Count);
        Assert.InRange(result.BestLoss, 0, 5e-3);
        Assert.True(result.History[^1].TrainingLoss < 0.1 * result.History[0].TrainingLoss);
        Assert.Equal(150 * 10, result.Steps);
        Assert.True(result.SamplesPerSecond > 0);
    }

    [Fact]
    public void Classification_learns_and_metrics_are_recorded()
    {
        var net = new TinyNet<float>(2, 16, 3);
        TrainingData<float> data = TrainingSamples.With(TrainingSamples.Thirds<float>(300), TrainingSamples.Thirds<float>(100, 11));
        var hits = new Metric<float>("hits", (outputs, held) => Enumerable.Range(0, held.Count).Average(row =>
            outputs.Row(row).IndexOf(outputs.Row(row).ToArray().Max()) == held.Labels[row] ? 1.0 : 0.0));
        FitResult<float> result = Trainer.Fit(net, data, Quick, hooks: new FitHooks<float> { Metrics = [hits] });
        Assert.All(result.History, record => Assert.Equal(100 * record.Metrics[0], Math.Round(100 * record.Metrics[0]), 1e-9));
        Assert.InRange(result.History[^1].Metrics[0], 0.9, 1);
        Assert.NotNull(result.History[^1].ValidationLoss);
    }

    [Fact]
    public void Lbfgs_trains_on_all_samples()
    {
        var net = new TinyNet<double>(2, 8, 1);
        FitResult<double> result = Trainer.Fit(net, TrainingSamples.Wave<double>(200), Quick with { Optimizer = new Lbfgs(), Epochs = 15, ClipNorm = 1 });
        Assert.InRange(result.BestLoss, 0, 2e-3);
        Assert.Contains(result.Warnings, warning => warning.Contains("clipping"));
        Assert.All(result.History.Zip(result.History.Skip(1)), pair => Assert.True(pair.Second.TrainingLoss <= pair.First.TrainingLoss));
    }

    [Fact]
    public void The_best_epoch_is_what_remains()
    {
        var net = new TinyNet<double>(2, 16, 1);
        TrainingData<double> held = TrainingSamples.Wave<double>(50, 3);
        TrainingData<double> data = TrainingSamples.With(TrainingSamples.Wave<double>(40), held);
        FitResult<double> result = Trainer.Fit(net, data, Quick with { Optimizer = new Sgd { LearningRate = 0.8, Momentum = 0.9 }, Epochs = 40 });
        EpochRecord best = result.History.MinBy(record => record.ValidationLoss)!;
        Assert.Equal(best.Epoch, result.BestEpoch);
        Assert.NotEqual(result.History.Count, result.BestEpoch);
        Assert.Equal(best.ValidationLoss!.Value, Loss(net, held), 1e-15);
        Assert.Equal(best.ValidationLoss!.Value, result.BestLoss);
    }

    [Fact]
    public void Early_stopping_ends_after_its_patience_and_restores_the_best()
    {
        var net = new TinyNet<double>(2, 16, 1);
        TrainingData<double> held = TrainingSamples.Wave<double>(50, 3);
        TrainingData<double> data = TrainingSamples.With(TrainingSamples.Wave<double>(40), held);
        FitResult<double> result = Trainer.Fit(net, data, Quick with
        {
            Optimizer = new Sgd { LearningRate = 0.8, Momentum = 0.9 },
            Epochs = 1000,
            EarlyStopping = new EarlyStopping { Patience = 6 },
        });
        Assert.Equal(StopReason.EarlyStopped, result.Reason);
        Assert.Equal(result.BestEpoch + 6, result.History.Count);
        Assert.Equal(result.BestLoss, Loss(net, held), 1e-15);
    }

    [Fact]
    public void Cancellation_keeps_the_best_and_throws_nothing()
    {
        var net = new TinyNet<double>(2, 16, 1);
        TrainingData<double> held = TrainingSamples.Wave<double>(50, 3);
        TrainingData<double> data = TrainingSamples.With(TrainingSamples.Wave<double>(100), held);
        using var source = new CancellationTokenSource();
        var progress = new DirectProgress(report =>
        {
            if (report.Step == 10)
                source.Cancel();
        });
        FitResult<double> result = Trainer.Fit(net, data, Quick, progress, cancellation: source.Token);
        Assert.Equal(StopReason.Cancelled, result.Reason);
        Assert.Equal(10, result.Steps);
        Assert.Equal(2, result.History.Count);
        Assert.Equal(result.BestLoss, Loss(net, held), 1e-15);
        Assert.True(result.BestLoss <= result.History.Min(record => record.ValidationLoss));
    }

    [Fact]
    public void A_time_limit_of_zero_changes_nothing()
    {
        var net = new TinyNet<double>(2, 4, 1);
        double[] before = net.Values();
        FitResult<double> result = Trainer.Fit(net, TrainingSamples.Wave<double>(100), Quick with { TimeLimit = TimeSpan.Zero });
        Assert.Equal(StopReason.TimeLimit, result.Reason);
        Assert.Equal(0, result.BestEpoch);
        Assert.Equal(before, net.Values());
    }

    [Fact]
    public void A_target_loss_is_convergence()
    {
        FitResult<double> result = Trainer.Fit(new TinyNet<double>(2, 16, 1), TrainingSamples.Wave<double>(100), Quick with { TargetLoss = 0.1 });
        Assert.Equal(StopReason.Converged, result.Reason);
        Assert.InRange(result.BestLoss, 0, 0.1);
        Assert.True(result.History.Count < 30);
    }

    [Fact]
    public void Divergence_is_reported_with_its_place_and_the_best_is_kept()
    {
        var net = new TinyNet<float>(2, 16, 1);
        FitResult<float> result = Trainer.Fit(net, TrainingSamples.Wave<float>(100), Quick with { Optimizer = new Sgd { LearningRate = 1e20 } });
        Assert.Equal(StopReason.Diverged, result.Reason);
        Assert.Contains("Epoch 1, step", result.Message);
        Assert.Contains("not finite", result.Message);
        Assert.DoesNotContain(net.Values(), value => !float.IsFinite(value));
        var bad = new TinyNet<float>(2, 4, 1);
        bad.B.Value[2, 0] = float.NaN;
        Assert.Contains("element 2 of parameter 'b'", Trainer.Fit(bad, TrainingSamples.Wave<float>(10), Quick).Message);
        TrainingData<float> broken = TrainingSamples.Wave<float>(10);
        broken.Inputs[6, 1] = float.NaN;
        Assert.Contains("input 1 of sample 6", Trainer.Fit(new TinyNet<float>(2, 4, 1), broken, Quick).Message);
        Assert.Contains("input 1 of sample 6", Trainer.Fit(new TinyNet<float>(2, 4, 1), broken, Quick with { Optimizer = new Lbfgs() }).Message);
    }

    [Fact]
    public void Accumulated_batches_equal_one_large_batch()
    {
        var one = new TinyNet<double>(2, 8, 1);
        var many = new TinyNet<double>(2, 8, 1);
        double[] weights = [.. Enumerable.Range(0, 50).Select(row => row % 5 * 0.5)];
        TrainingData<double> data = TrainingSamples.Wave(50, weights: weights);
        FitOptions options = Quick with { Epochs = 4, Optimizer = new Sgd { LearningRate = 0.1 } };
        Trainer.Fit(one, data, options with { BatchSize = 20 });
        Trainer.Fit(many, data, options with { BatchSize = 5, AccumulateBatches = 4 });
        Assert.All(one.Values().Zip(many.Values()), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(7)]
    [InlineData(0)]
    public void The_training_loss_is_the_weighted_mean_over_all_samples(int batch)
    {
        double[] weights = [.. Enumerable.Range(0, 30).Select(row => row < 10 ? 0 : row < 20 ? 3 : 0.1 * row)];
        TrainingData<double> data = TrainingSamples.Wave(30, weights: weights);
        var net = new TinyNet<double>(2, 8, 1);
        var tape = new Tape<double>();
        double expected = new MeanSquaredError().Of(net.Forward(tape.Constant(data.Inputs)), tape.Constant(data.Targets!), weights).Item;
        FitResult<double> result = Trainer.Fit(net, data, new FitOptions
        {
            Optimizer = new Sgd { LearningRate = 1e-300 },
            Epochs = 1,
            BatchSize = batch,
            Shuffle = false,
        });
        Assert.Equal(expected, result.History[0].TrainingLoss, 1e-13);
        Assert.Equal(expected, result.BestLoss, 1e-13);
    }

    [Fact]
    public void Every_sample_is_used_once_per_epoch_in_a_new_order()
    {
        var order = new EpochOrder(23, shuffle: true, seed: 5);
        int[] first = order.Rows.ToArray();
        order.Start(1);
        Assert.NotEqual(first, order.Rows.ToArray());
        Assert.Equal(Enumerable.Range(0, 23), order.Rows.ToArray().Order());
        order.Start(0);
        Assert.Equal(first, order.Rows.ToArray());
        var plan = new StepPlan(23, new FitOptions { BatchSize = 4, AccumulateBatches = 2, Epochs = 3 }, fullBatch: false);
        Assert.Equal(3, plan.StepsPerEpoch);
        Assert.Equal(9, plan.Steps);
        Assert.Equal([8, 8, 7], Enumerable.Range(0, 3).Select(step => plan.Rows(order.Rows, step).Length));
    }

    [Fact]
    public void The_average_of_the_weights_is_what_is_judged_and_returned()
    {
        var net = new TinyNet<double>(2, 8, 1);
        TrainingData<double> held = TrainingSamples.Wave<double>(50, 3);
        TrainingData<double> data = TrainingSamples.With(TrainingSamples.Wave<double>(60), held);
        FitResult<double> result = Trainer.Fit(net, data, Quick with { AverageDecay = 0.95, Epochs = 10 });
        Assert.Equal(result.BestLoss, Loss(net, held), 1e-15);

        var bag = new ParameterBag<double>([1.0]);
        var average = new WeightAverage<double>(bag, 0.9);
        double expected = 1;
        for (int t = 1; t <= 5; t++)
        {
            bag[0].Value[0] = t * t;
            average.Update();
            double decay = Math.Min(0.9, (1.0 + t) / (10 + t));
            expected = decay * expected + (1 - decay) * t * t;
        }

        average.Swap();
        Assert.Equal(expected, bag[0].Value[0], 1e-13);
        average.Swap();
        Assert.Equal(25, bag[0].Value[0]);
    }

    [Fact]
    public void A_penalty_enters_loss_and_gradient()
    {
        var net = new TinyNet<double>(2, 8, 1);
        var hooks = new FitHooks<double> { Penalty = (_, output) => output.Square().Mean() * 100 };
        FitResult<double> result = Trainer.Fit(net, TrainingSamples.Wave<double>(100), Quick with { Epochs = 60 }, hooks: hooks);
        Assert.True(result.History[^1].Penalty < 0.01 * result.History[0].Penalty);
        Assert.Equal(result.BestLoss, result.History[result.BestEpoch - 1].TrainingLoss + result.History[result.BestEpoch - 1].Penalty, 1e-12);
        var wrong = new FitHooks<double> { Penalty = (_, output) => output };
        Assert.Throws<InvalidOperationException>(() => Trainer.Fit(net, TrainingSamples.Wave<double>(100), Quick, hooks: wrong));
    }

    [Fact]
    public void Frozen_parameters_are_not_trained()
    {
        var net = new TinyNet<double>(2, 8, 1);
        net.A.Trainable = false;
        double[] before = net.A.Value.Span.ToArray();
        Trainer.Fit(net, TrainingSamples.Wave<double>(50), Quick with { Epochs = 2 });
        Assert.Equal(before, net.A.Value.Span);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_number_of_threads_does_not_change_a_bit(bool lbfgs)
    {
        float[][] results = [.. new[] { 1, 2, 8 }.Select(threads =>
        {
            using var executor = new Executor(threads);
            var net = new TinyNet<float>(2, 33, 1, dropout: 0.1);
            Trainer.Fit(net, TrainingSamples.Wave<float>(300), Quick with
            {
                Epochs = 3,
                BatchSize = 100,
                Executor = executor,
                Optimizer = lbfgs ? new Lbfgs() : new AdamW(),
            });
            return net.Values();
        })];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public void A_steady_step_allocates_nothing()
    {
        var net = new TinyNet<float>(2, 16, 3, dropout: 0.2);
        using var executor = new Executor(1);
        FitOptions options = Quick with { Epochs = 5, BatchSize = 32, AccumulateBatches = 2, ClipNorm = 1, AverageDecay = 0.9, Executor = executor };
        var run = new TrainingRun<float>(net, TrainingSamples.Thirds<float>(640), options, new FitHooks<float>(), null, default);
        run.BeginEpoch();
        for (int step = 0; step < 3; step++)
            Assert.Null(run.Step());
        Assert.Equal(0, SteadyState.AllocatedBytes(() => run.Step()));
    }

    [Fact]
    public void Progress_counts_up_to_the_end()
    {
        var reports = new List<TrainingProgress>();
        Trainer.Fit(new TinyNet<double>(2, 4, 1), TrainingSamples.Wave<double>(100), Quick with { Epochs = 3 }, new DirectProgress(reports.Add));
        Assert.Equal(Enumerable.Range(1, 12).Select(step => (long)step), reports.Select(report => report.Step));
        Assert.All(reports, report => Assert.Equal(12, report.Steps));
        Assert.Equal([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3], reports.Select(report => report.Epoch));
        Assert.Equal(TimeSpan.Zero, reports[^1].Remaining);
        Assert.All(reports, report => Assert.True(report.SamplesPerSecond > 0));
    }

    [Fact]
    public void Misuse_is_refused()
    {
        var net = new TinyNet<double>(2, 4, 1);
        TrainingData<double> data = TrainingSamples.Wave<double>(10);
        Assert.Throws<ArgumentException>(() => Trainer.Fit(net, data, Quick with { Loss = new CrossEntropy() }));
        Assert.Throws<ArgumentException>(() => Trainer.Fit(net, TrainingSamples.With(data, TrainingSamples.Thirds<double>(5)), Quick));
        Assert.Contains("All 10 weights of the training samples", Assert.Throws<ArgumentException>(
            () => Trainer.Fit(net, TrainingSamples.Wave(10, weights: new double[10]), Quick)).Message);
        Assert.Throws<ArgumentException>(() => new TrainingData<double>(data.Inputs, [0, 1]));
        Assert.Throws<ArgumentException>(() => new TrainingData<double>(new Tensor<double>(new Shape(0, 2)), []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FitOptions { Epochs = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FitOptions { AverageDecay = 1 });
        var flat = new TrainingData<double>(data.Inputs, data.Targets!.Reshape(new Shape(10)));
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(net, flat, Quick));
        Assert.Contains("[10, 1]", error.Message);
        Assert.Contains("[10]", error.Message);
    }

    private static double Loss(TinyNet<double> net, TrainingData<double> data)
    {
        var tape = new Tape<double> { RecordsGradients = false };
        return new MeanSquaredError().Of(net.Forward(tape.Constant(data.Inputs)), tape.Constant(data.Targets!)).Item;
    }
}
