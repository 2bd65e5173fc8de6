using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

/// <summary>Training on ever finer grids: nothing is lost between stages, and a finer grid never ends worse than a coarser one.</summary>
public class GridScheduleTests
{
    private static readonly FitOptions Solver = new() { Optimizer = new Lbfgs { MaxIterations = 15 }, Epochs = 8, ProgressInterval = TimeSpan.Zero };

    [Fact]
    public void EveryStageGoesOnWhereTheOneBeforeEnded()
    {
        KanNetwork<double> network = Network();
        double[] start = [.. network.Layers[0].Coefficients.Value.Span];
        var reports = new List<TrainingProgress>();
        FitResult<double> result = Trainer.Fit(
            network, Data(400, 100), Solver with { GridSchedule = new GridSchedule(3, 6, 12) { EpochsPerStage = 6, Refine = new RefineOptions() } }, new DirectProgress(reports.Add));
        var trained = Assert.IsType<KanNetwork<double>>(result.Module);
        Assert.Equal([3, 6, 12], result.Stages.Select(stage => stage.Intervals));
        Assert.Equal(12, trained.Layers[1].Options.Spline.Intervals);
        Assert.Equal(Enumerable.Range(1, result.History.Count), result.History.Select(record => record.Epoch));
        Assert.Equal(result.Stages.Sum(stage => stage.Epochs), result.History.Count);
        Assert.Equal([3, 6, 12], result.History.Select(record => record.Intervals!.Value).Distinct());
        for (int stage = 1; stage < 3; stage++)
        {
            double before = result.History.Last(record => record.Intervals == result.Stages[stage - 1].Intervals).TrainingLoss;
            double after = result.History.First(record => record.Intervals == result.Stages[stage].Intervals).TrainingLoss;
            Assert.True(after <= before * (1 + 1e-9), $"{before} became {after} with {result.Stages[stage].Intervals} intervals");
            Assert.All(result.Stages[stage].Refinement, layer => Assert.InRange(layer.RelativeChangeAtData!.Value, 0, 1e-12));
        }

        Assert.Equal(result.Stages.Min(stage => stage.Loss), result.BestLoss);
        Assert.Equal(result.BestLoss, Evaluate(trained, Data(400, 100).Validation!), 1e-12);
        Assert.Equal(result.BestLoss, result.History[result.BestEpoch - 1].ValidationLoss!.Value);
        Assert.Equal(start, network.Layers[0].Coefficients.Value.Span.ToArray());
        Assert.Equal([1, 2, 3], reports.Select(report => report.Stage).Distinct());
        Assert.All(reports, report => Assert.Equal((3, 18), (report.Stages, report.Epochs)));
        Assert.Contains("3 stages", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AStageThatDoesNotImproveIsDropped()
    {
        // 60 noisy samples: fine grids can only learn the noise
        var random = new Random(1);
        TrainingData<double> data = Data(60, 60);
        foreach (ref double target in data.Targets!.Span)
            target += 0.3 * (random.NextDouble() - 0.5);
        FitResult<double> result = Trainer.Fit(Network(), data, Solver with { GridSchedule = new GridSchedule(3, 6, 12, 24, 48, 96) { EpochsPerStage = 10 } });
        Assert.Equal(StopReason.EarlyStopped, result.Reason);
        Assert.Contains("did not lower the validation loss", result.Message, StringComparison.Ordinal);
        Assert.Equal(result.Stages.Min(stage => stage.Loss), result.BestLoss);
        Assert.True(result.Stages[^1].Loss >= result.Stages[^2].Loss);
        Assert.Equal(result.Stages[^2].Intervals, ((KanNetwork<double>)result.Module).Layers[0].Options.Spline.Intervals);
        Assert.Equal(result.BestLoss, Evaluate(result.Module, data.Validation!), 1e-12);
    }

    [Fact]
    public void WithoutValidationDataParametersAreCounted()
    {
        TrainingData<double> data = Data(200, 100);
        var alone = new TrainingData<double>(data.Inputs, data.Targets!);
        FitResult<double> result = Trainer.Fit(Network(), alone, Solver with { GridSchedule = new GridSchedule(3, 6, 100) { EpochsPerStage = 4 } });
        Assert.Contains(result.Warnings, warning => warning.Contains("cross-validation", StringComparison.Ordinal));
        Assert.Equal(StopReason.EarlyStopped, result.Reason);
        Assert.Contains("200 target values", result.Message, StringComparison.Ordinal);
        GridStage last = result.Stages[^1];
        Assert.Equal(last.Loss / Math.Pow(1 - last.Parameters / 200.0, 2), last.Score, 1e-12);
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("rmsprop")]
    [InlineData("sgd")]
    public void AdaptiveStepsGoOnWithoutAJump(string name)
    {
        FitOptions options = Solver with { Optimizer = OptimizerOptions.Parse(name) with { LearningRate = name == "sgd" ? 0.02 : 2e-3 }, BatchSize = 0, GridSchedule = new GridSchedule(4, 8, 16) { EpochsPerStage = 60 } };
        FitResult<float> result = Trainer.Fit(KanNetwork<float>.Create([2, 4, 1], new BSplineOptions { Intervals = 4 }, 3), TrainingSamples.With(TrainingSamples.Wave<float>(300), TrainingSamples.Wave<float>(100, 3)), options);
        Assert.Equal(3, result.Stages.Count);
        for (int stage = 1; stage < 3; stage++)
        {
            // the loss at the beginning of an epoch that is one step: before and after the grids were refined
            EpochRecord[] records = [.. result.History.Where(record => record.Intervals == result.Stages[stage].Intervals).Take(20)];
            double before = result.History.Last(record => record.Intervals == result.Stages[stage - 1].Intervals).TrainingLoss;
            Assert.All(records, record => Assert.InRange(record.TrainingLoss, 0, before * 1.02));
        }
    }

    [Fact]
    public void CurvaturePairsKeepTheirProducts()
    {
        KanNetwork<double> network = Network();
        RefineResult<double> refined = network.Refine(7);
        var transfer = new ParameterTransfer<double>(refined);
        string[] paths = [.. network.Parameters().Select(entry => entry.Path)];
        int[] before = [.. network.Parameters().Select(entry => entry.Parameter.Shape.Count)];
        int[] after = [.. refined.Network.Parameters().Select(entry => entry.Parameter.Shape.Count)];
        var random = new Random(2);
        double[] s = [.. Enumerable.Range(0, before.Sum()).Select(_ => random.NextDouble() - 0.5)];
        double[] y = [.. s.Select(value => value + 0.3 * random.NextDouble())];
        double[] newS = new double[after.Sum()], newY = new double[after.Sum()];
        for (int index = 0, from = 0, to = 0; index < paths.Length; from += before[index], to += after[index], index++)
        {
            transfer.Carry(StateRole.Step, paths[index], s.AsSpan(from, before[index]), newS.AsSpan(to, after[index]));
            transfer.Carry(StateRole.Gradient, paths[index], y.AsSpan(from, before[index]), newY.AsSpan(to, after[index]));
        }

        double product = s.Zip(y, (a, b) => a * b).Sum();
        Assert.Equal(product, newS.Zip(newY, (a, b) => a * b).Sum(), 1e-11);

        // and a history whose pairs were carried knows the same curvatures
        var old = new CurvatureHistory<double>(s.Length, 3);
        var carried = new CurvatureHistory<double>(newS.Length, 3);
        old.Push(1, s, new double[y.Length], y, 0);
        carried.CarryFrom(old, (role, source, target) => (role == StateRole.Step ? newS : newY).CopyTo(target, 0));
        Assert.Equal(1, carried.Count);
        var direction = new double[newS.Length];
        carried.Direction(newY, direction);
        for (int index = 0; index < direction.Length; index++)
            Assert.Equal(-newS[index], direction[index], 1e-10);
    }

    [Theory]
    [InlineData("lbfgs", 3, false)]
    [InlineData("lbfgs", 9, false)]
    [InlineData("ssbroyden", 3, false)]
    [InlineData("ssbroyden", 9, false)]
    [InlineData("lm", 3, false)]
    [InlineData("lm", 9, false)]
    [InlineData("adamw", 21, true)]
    [InlineData("adamw", 55, false)]
    public void AnInterruptedRunIsTheUninterruptedOne(string name, long stopAt, bool average)
    {
        FitOptions options = Solver with
        {
            Optimizer = OptimizerOptions.Parse(name),
            BatchSize = 64,
            AverageDecay = average ? 0.9 : 0,
            GridSchedule = new GridSchedule(3, 6, 9) { EpochsPerStage = 5 },
        };
        TrainingData<double> data = Data(200, 50);
        FitResult<double> expected = Trainer.Fit(Network(), data, options);
        var store = new MemoryStore<double>();
        using var source = new CancellationTokenSource();
        var progress = new DirectProgress(report =>
        {
            if (report.Step == stopAt)
                source.Cancel();
        });
        FitResult<double> first = Trainer.Fit(Network(), data, options, progress, new FitHooks<double> { Checkpoints = store }, source.Token);
        Assert.Equal(StopReason.Cancelled, first.Reason);
        TrainingCheckpoint<double> checkpoint = store.Load()!;
        TrainingCheckpoint<double> read = TrainingCheckpointJson.Read(TrainingCheckpointJson.Write(checkpoint), checkpoint.Arrays);
        FitResult<double> result = Trainer.Fit(Network(), data, options, hooks: new FitHooks<double> { Resume = read });
        Assert.Equal(expected.Reason, result.Reason);
        Assert.Equal(expected.Message, result.Message);
        Assert.Equal((expected.BestEpoch, expected.BestLoss, expected.Steps), (result.BestEpoch, result.BestLoss, result.Steps));
        Assert.Equal(expected.History.Select(record => (record.Epoch, record.TrainingLoss, record.ValidationLoss, record.Intervals)), result.History.Select(record => (record.Epoch, record.TrainingLoss, record.ValidationLoss, record.Intervals)));
        Assert.Equal(expected.Stages.Select(stage => (stage.Intervals, stage.Epochs, stage.Loss, stage.Score)), result.Stages.Select(stage => (stage.Intervals, stage.Epochs, stage.Loss, stage.Score)));
        foreach (((_, Parameter<double> left), (_, Parameter<double> right)) in expected.Module.Parameters().Zip(result.Module.Parameters()))
            Assert.Equal(left.Value.Span.ToArray(), right.Value.Span.ToArray());
        Assert.Contains("grid_schedule", Assert.Throws<ArgumentException>(() => Trainer.Fit(Network(), data, options with { GridSchedule = null }, hooks: new FitHooks<double> { Resume = read })).Message, StringComparison.Ordinal);
        Assert.Contains("grid_schedule", Assert.Throws<ArgumentException>(() => Trainer.Fit(Network(), data, options with { GridSchedule = new GridSchedule(3, 6) }, hooks: new FitHooks<double> { Resume = read })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LimitsCountForTheWhole()
    {
        FitOptions options = Solver with { GridSchedule = new GridSchedule(3, 6, 12) };
        FitResult<double> late = Trainer.Fit(Network(), Data(100, 50), options with { TimeLimit = TimeSpan.Zero });
        Assert.Equal((StopReason.TimeLimit, 0), (late.Reason, late.History.Count));
        FitResult<double> enough = Trainer.Fit(Network(), Data(100, 50), options with { TargetLoss = 1 });
        Assert.Equal((StopReason.Converged, 1), (enough.Reason, enough.Stages.Count));
        FitResult<double> divided = Trainer.Fit(Network(), Data(100, 50), options with { Epochs = 4, Optimizer = new AdamW() });
        Assert.Equal([1, 1, 2], divided.Stages.Select(stage => stage.Epochs));
    }

    [Fact]
    public void ACoarserFirstStageIsProjectedAndSaysSo()
    {
        FitResult<double> result = Trainer.Fit(Network(intervals: 5), Data(100, 50), Solver with { Epochs = 2, GridSchedule = new GridSchedule(3) { Refine = new RefineOptions() } });
        Assert.All(result.Stages[0].Refinement, layer => Assert.True(layer.Projected > 0 && layer.RelativeChange > 0));
        Assert.Contains(result.Warnings, warning => warning.Contains("can not hold all old knots", StringComparison.Ordinal));
    }

    [Fact]
    public void MisuseIsNamed()
    {
        Assert.Contains("ascend", Assert.Throws<ArgumentException>(() => new GridSchedule(3, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("at least one stage", Assert.Throws<ArgumentException>(() => new GridSchedule()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GridSchedule(3) { EpochsPerStage = 0 });
        FitOptions options = Solver with { GridSchedule = new GridSchedule(3, 6, 12) };
        Assert.Contains("Mlp", Assert.Throws<ArgumentException>(() => Trainer.Fit(Mlp<double>.Create([2, 4, 1]), Data(10, 10), options)).Message, StringComparison.Ordinal);
        Assert.Contains("2 epochs are too few", Assert.Throws<ArgumentException>(() => Trainer.Fit(Network(), Data(10, 10), options with { Epochs = 2 })).Message, StringComparison.Ordinal);
    }

    private static KanNetwork<double> Network(int intervals = 3) => KanNetwork<double>.Create([2, 3, 1], new BSplineOptions { Intervals = intervals }, 1);

    private static TrainingData<double> Data(int train, int validation) =>
        TrainingSamples.With(TrainingSamples.Wave<double>(train), TrainingSamples.Wave<double>(validation, 3));

    private static double Evaluate(Module<double> module, TrainingData<double> data)
    {
        var y = new Tensor<double>(new Shape(data.Count, 1));
        ((KanNetwork<double>)module).Predict(data.Inputs.Span, y.Span);
        return Enumerable.Range(0, data.Count).Average(row => Math.Pow(y[row, 0] - data.Targets![row, 0], 2));
    }
}
