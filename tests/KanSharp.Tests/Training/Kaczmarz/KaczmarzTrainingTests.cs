using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Training.Kaczmarz;

/// <summary>Whole training runs.</summary>
public sealed class KaczmarzTrainingTests
{
    [Theory]
    [InlineData(1, 0.03)]
    [InlineData(2, 0.03)]
    [InlineData(3, 0.02)]
    public void A_known_function_is_learned(int degree, double bound)
    {
        TrainingData<double> train = TrainingSamples.Wave<double>(2000), held = TrainingSamples.Wave<double>(500, seed: 8);
        KanNetwork<double> network = KaczmarzStart.Balanced<double>([2, 6, 1], [8, 8], RecordStatistics.Of(train), degree, seed: 1);
        FitResult<double> fit = Trainer.Fit(network, TrainingSamples.With(train, held), new FitOptions { Optimizer = new NewtonKaczmarz(), Epochs = 40 });
        Assert.Equal(StopReason.BudgetReached, fit.Reason);
        Assert.InRange(Math.Sqrt(fit.BestLoss), 0, bound);
        Assert.Equal(40, fit.History.Count);
    }

    [Theory]
    [InlineData(KaczmarzForm.Block, 1.0)]
    [InlineData(KaczmarzForm.Constant, 0.3)]
    public void The_other_forms_learn_it_too(KaczmarzForm form, double rate)
    {
        TrainingData<double> train = TrainingSamples.Wave<double>(2000);
        KanNetwork<double> network = KaczmarzStart.Published<double>([2, 8, 1], [4, 10], RecordStatistics.Of(train), seed: 1);
        FitResult<double> fit = Trainer.Fit(network, train, new FitOptions { Optimizer = new NewtonKaczmarz { Form = form, LearningRate = rate }, Epochs = 30 });
        Assert.InRange(Math.Sqrt(fit.BestLoss), 0, 0.08);
    }

    [Fact]
    public void Targets_of_very_different_units_are_learned_together()
    {
        TrainingData<double> wave = TrainingSamples.Wave<double>(2000);
        var targets = new Tensor<double>(new Shape(wave.Count, 2));
        for (int row = 0; row < wave.Count; row++)
        {
            targets[row, 0] = 1e6 * wave.Targets![row, 0];
            targets[row, 1] = 1e-3 * (wave.Inputs[row, 0] + wave.Inputs[row, 1] * wave.Inputs[row, 1]) + 5;
        }

        var data = new TrainingData<double>(wave.Inputs, targets);
        KanNetwork<double> network = KaczmarzStart.Balanced<double>([2, 8, 2], [8, 8], RecordStatistics.Of(data), 3);
        Trainer.Fit(network, data, new FitOptions { Optimizer = new NewtonKaczmarz(), Epochs = 30 });
        ReadOnlySpan<double> outputs = network.Predict(wave.Inputs).Span;
        double[] error = new double[2];
        for (int n = 0; n < outputs.Length; n++)
            error[n % 2] += Math.Pow((outputs[n] - targets.Span[n]) / (n % 2 == 0 ? 1e6 : 1e-3), 2) / wave.Count;
        Assert.All(error, mean => Assert.InRange(Math.Sqrt(mean), 0, 0.05));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_result_does_not_depend_on_the_number_of_threads(int subsets)
    {
        float[] One(int threads)
        {
            using var executor = new Executor(threads);
            TrainingData<float> data = TrainingSamples.Wave<float>(3000);
            KanNetwork<float> network = KaczmarzStart.Balanced<float>([2, 5, 1], [4, 6], RecordStatistics.Of(data));
            DisjointUnits.Pretrain(network, data, groups: 2, epochs: 1, executor: executor);
            Trainer.Fit(network, data, new FitOptions { Optimizer = new NewtonKaczmarz { Subsets = subsets, RecordsPerRound = 200 }, Epochs = 3, Executor = executor });
            return [.. network.Parameters().SelectMany(entry => entry.Parameter.Value.Span.ToArray()), .. network.States().SelectMany(entry => entry.State.Value.Span.ToArray())];
        }

        Assert.Equal(One(1), One(4));
    }

    [Fact]
    public void Subsets_are_merged_into_the_mean_of_their_functions()
    {
        TrainingData<double> data = TrainingSamples.Wave<double>(60);
        KanNetwork<double> start = KaczmarzStart.Balanced<double>([2, 4, 1], [3, 5], RecordStatistics.Of(data), 3), merged = start.Clone();
        var options = new NewtonKaczmarz { ExtendRanges = false };
        (options with { Subsets = 3, RecordsPerRound = 20 }).Bind(merged).Step(data.Inputs.Span, data.Targets!.Span, [1]);
        KanNetwork<double>[] copies = [start.Clone(), start.Clone(), start.Clone()];
        for (int copy = 0; copy < 3; copy++)
            options.Bind(copies[copy]).Step(data.Inputs.Span.Slice(copy * 40, 40), data.Targets.Span.Slice(copy * 20, 20), [1]);
        for (int layer = 0; layer < 2; layer++)
        {
            for (int at = 0; at < start.Layers[layer].Coefficients.Shape.Count; at++)
                Assert.Equal(copies.Average(copy => copy.Layers[layer].Coefficients.Value.Span[at]), merged.Layers[layer].Coefficients.Value.Span[at], 1e-14);
        }
    }

    [Fact]
    public void Merged_copies_share_ranges_that_hold_what_all_of_them_saw()
    {
        KanNetwork<double> network = KaczmarzStepTests.Network("1,1", 1, 4, everything: false);
        new NewtonKaczmarz { Subsets = 2, RecordsPerRound = 2 }.Bind(network).Step([0.0, 3.0, -2.0, 0.5], [0.0, 0.1, 0.2, 0.3], [1]);
        ReadOnlySpan<double> knots = network.Layers[0].Knots.Value.Row(0);
        Assert.InRange(knots[1], -2.2, -2);
        Assert.InRange(knots[^2], 3, 3.2);
    }

    [Fact]
    public void Groups_of_units_learn_the_target_each_and_together_its_mean()
    {
        TrainingData<double> data = TrainingSamples.Wave<double>(1500);
        KanNetwork<double> network = KaczmarzStart.Balanced<double>([2, 9, 1], [6, 8], RecordStatistics.Of(data), 3);
        double before = Error(network, data);
        DisjointUnits.Pretrain(network, data, groups: 3, epochs: 4);
        double after = Error(network, data);
        Assert.InRange(after, 0, 0.4 * before);
        // a group alone, three times as large, is about as good
        KanNetwork<double> alone = network.Clone();
        foreach (int unit in Enumerable.Range(3, 6))
        {
            for (int n = 0; n < alone.Layers[1].Coefficients.Shape[1]; n++)
                alone.Layers[1].Coefficients.Value[unit, n, 0] = 0;
        }

        foreach (ref double value in alone.Layers[1].Coefficients.Value.Span)
            value *= 3;
        Assert.InRange(Error(alone, data), 0, 0.6 * before);
    }

    [Fact]
    public void A_value_that_is_not_a_number_is_reported_with_its_row_and_the_best_is_kept()
    {
        TrainingData<double> data = TrainingSamples.Wave<double>(300);
        data.Inputs[123, 1] = double.NaN;
        KanNetwork<double> network = Plain();
        double[] before = [.. network.Layers[0].Coefficients.Value.Span];
        FitResult<double> fit = Trainer.Fit(network, data, new FitOptions { Optimizer = new NewtonKaczmarz(), Epochs = 3 });
        Assert.Equal(StopReason.Diverged, fit.Reason);
        Assert.Contains("input 1 of sample 123 is not finite", fit.Message);
        Assert.Equal(before, network.Layers[0].Coefficients.Value.Span.ToArray());
    }

    [Fact]
    public void Cancelling_keeps_the_best_epoch()
    {
        TrainingData<double> train = TrainingSamples.Wave<double>(500), held = TrainingSamples.Wave<double>(200, seed: 8);
        using var cancel = new CancellationTokenSource();
        var progress = new DirectProgress(report =>
        {
            if (report.BestEpoch >= 3)
                cancel.Cancel();
        });
        KanNetwork<double> network = Plain();
        FitResult<double> fit = Trainer.Fit(network, TrainingSamples.With(train, held), new FitOptions { Optimizer = new NewtonKaczmarz(), Epochs = 50 }, progress, cancellation: cancel.Token);
        Assert.Equal(StopReason.Cancelled, fit.Reason);
        Assert.Equal(fit.BestLoss, Math.Pow(Error(network, held), 2), 1e-9);
        Assert.Equal(fit.History.Min(epoch => epoch.ValidationLoss), fit.BestLoss);
    }

    [Fact]
    public void An_interrupted_run_goes_on_bit_for_bit()
    {
        TrainingData<double> data = TrainingSamples.Wave<double>(500);
        var options = new FitOptions { Optimizer = new NewtonKaczmarz { RecordsPerRound = 100 }, Epochs = 6 };
        KanNetwork<double> whole = Plain(), resumed = Plain();
        Trainer.Fit(whole, data, options);
        var store = new MemoryStore<double>();
        using var cancel = new CancellationTokenSource();
        var progress = new DirectProgress(report =>
        {
            if (report.Epoch == 3)
                cancel.Cancel();
        });
        Trainer.Fit(Plain(), data, options with { ProgressInterval = TimeSpan.Zero }, progress, new FitHooks<double> { Checkpoints = store }, cancel.Token);
        Trainer.Fit(resumed, data, options, hooks: new FitHooks<double> { Resume = store.Load() });
        Assert.Equal(whole.Layers[0].Coefficients.Value.Span.ToArray(), resumed.Layers[0].Coefficients.Value.Span.ToArray());
        Assert.Equal(whole.Layers[1].Knots.Value.Span.ToArray(), resumed.Layers[1].Knots.Value.Span.ToArray());
    }

    [Fact]
    public void A_record_of_weight_zero_has_no_influence()
    {
        TrainingData<double> data = TrainingSamples.Wave<double>(40);
        double[] weights = [.. Enumerable.Range(0, 40).Select(n => n < 20 ? 2.0 : 0.0)];
        KanNetwork<double> all = Plain(), half = Plain();
        var options = new NewtonKaczmarz { ExtendRanges = false };
        options.Bind(all).Step(data.Inputs.Span, data.Targets!.Span, [1], weights);
        options.Bind(half).Step(data.Inputs.Span[..40], data.Targets.Span[..20], [1]);
        Assert.Equal(half.Layers[0].Coefficients.Value.Span.ToArray(), all.Layers[0].Coefficients.Value.Span.ToArray());
    }

    [Fact]
    public void What_can_not_be_is_refused_with_the_reason()
    {
        TrainingData<double> data = TrainingSamples.Wave<double>(20);
        var options = new FitOptions { Optimizer = new NewtonKaczmarz() };
        Assert.Contains("Mlp", Assert.Throws<ArgumentException>(() => Trainer.Fit(Mlp<double>.Create([2, 3, 1]), data, options)).Message);
        Assert.Contains("huber", Assert.Throws<ArgumentException>(() => Trainer.Fit(Plain(), data, options with { Loss = new HuberLoss() })).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("class indices", Assert.Throws<ArgumentException>(() => Trainer.Fit(Plain(), TrainingSamples.Thirds<double>(20), options)).Message);
        TrainingData<double> negative = TrainingSamples.Wave(3, weights: [1.0, -1, 1]);
        Assert.Contains("weight of training sample 1 is -1", Assert.Throws<ArgumentException>(() => Trainer.Fit(Plain(), negative, options)).Message);
        KanNetwork<double> frozen = KanNetwork<double>.Create([2, 3, 1]);
        frozen.Layers[0].EdgeScale!.Trainable = false;
        Assert.Contains("Layer 0 has edge scales", Assert.Throws<ArgumentException>(() => new NewtonKaczmarz().Bind(frozen)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NewtonKaczmarz { BlockSize = 65 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NewtonKaczmarz { Damping = -1 });
        Assert.Contains("3 numbers of intervals", Assert.Throws<ArgumentException>(() => KaczmarzStart.Balanced<double>([2, 3, 1], [2, 2, 2], RecordStatistics.Of(data))).Message);
    }

    [Fact]
    public void The_published_start_has_the_published_ordinates_and_ranges()
    {
        TrainingData<double> data = TrainingSamples.Wave<double>(200);
        RecordStatistics statistics = RecordStatistics.Of(data);
        KanNetwork<double> network = KaczmarzStart.Published<double>([2, 4, 1], [3, 5], statistics, seed: 2);
        (double low, double high) = (statistics.TargetLow[0], statistics.TargetHigh[0]);
        Assert.All(network.Layers[1].Coefficients.Value.Span.ToArray(), value => Assert.InRange(4 * value, low, high));
        Assert.All(network.Layers[0].Coefficients.Value.Span.ToArray(), value => Assert.InRange(2 * value, low, high));
        Assert.Equal(low - 0.01 * (high - low), network.Layers[1].Knots.Value[0, 1], 1e-12);
        Assert.Equal(statistics.InputHigh[1] + 0.01 * (statistics.InputHigh[1] - statistics.InputLow[1]), network.Layers[0].Knots.Value[1, 4], 1e-12);
    }

    [Theory]
    [InlineData("lbfgs", 0.5)]
    [InlineData("lm", 0.1)]
    public void The_result_is_a_start_for_another_optimiser(string name, double factor)
    {
        TrainingData<double> data = TrainingSamples.Wave<double>(400);
        KanNetwork<double> network = KaczmarzStart.Balanced<double>([2, 4, 1], [5, 5], RecordStatistics.Of(data), 3);
        double first = Trainer.Fit(network, data, new FitOptions { Optimizer = new NewtonKaczmarz(), Epochs = 10 }).BestLoss;
        FitResult<double> second = Trainer.Fit(network, data, new FitOptions { Optimizer = OptimizerOptions.Parse(name), Epochs = 5 });
        Assert.InRange(second.History[0].TrainingLoss, 0, first);
        Assert.InRange(second.BestLoss, 0, factor * first);
    }

    private static KanNetwork<double> Plain() => KanNetwork<double>.Create(
        [2, 4, 1], new KanLinearOptions { Basis = new BSplineOptions { Intervals = 4 }, BaseActivation = null, EdgeScale = false }, seed: 4);

    private static double Error(KanNetwork<double> network, TrainingData<double> data) =>
        Math.Sqrt(network.Predict(data.Inputs).Span.ToArray().Zip(data.Targets!.Span.ToArray(), (a, b) => (a - b) * (a - b)).Average());
}
