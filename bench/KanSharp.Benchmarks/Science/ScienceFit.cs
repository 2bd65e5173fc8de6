using System.Diagnostics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Benchmarks.Science;

/// <summary>
/// A small network fitted to exact samples with Levenberg-Marquardt on ever finer grids, from several starts. The same as <see cref="MultiStart"/> with a
/// <see cref="GridSchedule"/>, but stage by stage, so that the test error of every grid can be recorded; the clock stands still meanwhile.
/// </summary>
internal sealed record ScienceFit
{
    public required IReadOnlyList<int> Widths { get; init; }

    /// <summary>Intervals of the starts, then of every stage.</summary>
    public required IReadOnlyList<int> Grids { get; init; }

    public int Degree { get; init; } = 3;

    public int Starts { get; init; } = 12;

    /// <summary>Starts that are also tried on the second grid.</summary>
    public int Survivors { get; init; } = 3;

    public int StartEpochs { get; init; } = 20;

    /// <summary>Most steps on every grid.</summary>
    public int Epochs { get; init; } = 40;

    /// <summary>Amplitude of the initial splines, as <see cref="KanInitialization.NoiseScale"/>.</summary>
    public double Noise { get; init; } = KanLinearOptions.SplinesOnly.Initialization.NoiseScale;

    public LevenbergMarquardt Optimizer { get; init; } = new();

    public KnotPlacement Placement { get; init; } = KnotPlacement.Uniform;

    /// <summary>One grid of a fit.</summary>
    /// <param name="Intervals">G.</param>
    /// <param name="Train">Root mean squared error on the training samples.</param>
    /// <param name="Test">The same on others.</param>
    /// <param name="Seconds">Time since the fit began.</param>
    internal readonly record struct Stage(int Intervals, double Train, double Test, double Seconds);

    /// <summary>Fits, and returns what every grid reached.</summary>
    public (IReadOnlyList<Stage> Stages, KanNetwork<double> Network) Run(TrainingData<double> train, TrainingData<double> test, ulong seed)
    {
        var clock = Stopwatch.StartNew();
        var layer = KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Intervals = Grids[0], Degree = Degree }, Initialization = new KanInitialization { NoiseScale = Noise } };
        var refine = new RefineOptions { Placement = Placement, HeadRoom = Optimizer.HeadRoom };
        int heats = Math.Min(Grids.Count, Survivors > 1 ? 2 : 1);
        var options = new FitOptions { Optimizer = Optimizer, Epochs = Epochs, GridSchedule = new GridSchedule([.. Grids.Take(heats)]) { EpochsPerStage = Epochs, Refine = refine } };
        var starts = new MultiStartOptions { Starts = Starts, Epochs = StartEpochs, Survivors = Survivors, Seed = seed * 1000 };
        MultiStartResult<double> start = MultiStart.Fit(each => KanNetwork<double>.Create(Widths, layer, each), train, options, starts);
        var network = (KanNetwork<double>)start.Fit.Module;
        var stages = new List<Stage>();
        for (int stage = heats - 1; ; stage++)
        {
            clock.Stop();
            stages.Add(new Stage(Grids[stage], Error(network, train), Error(network, test), clock.Elapsed.TotalSeconds));
            if (stage == Grids.Count - 1)
                return (stages, network);
            clock.Start();
            network = network.Refine(Grids[stage + 1], train.Inputs, refine).Network;
            Trainer.Fit(network, train, new FitOptions { Epochs = Epochs, Optimizer = Optimizer with { Damping = 1e-4 } });
        }
    }

    /// <summary>Root mean squared error of a network.</summary>
    public static double Error(Module<double> network, TrainingData<double> data)
    {
        Tensor<double> output = network.Predict(data.Inputs);
        double sum = 0;
        for (int index = 0; index < output.Shape.Count; index++)
        {
            double difference = output.Span[index] - data.Targets!.Span[index];
            sum += difference * difference;
        }

        return Math.Sqrt(sum / output.Shape.Count);
    }

    /// <summary>Least-squares slope of log error against log G.</summary>
    public static double Slope(IEnumerable<Stage> stages)
    {
        (double X, double Y)[] points = [.. stages.Select(stage => (Math.Log(stage.Intervals), Math.Log(stage.Test)))];
        double x = points.Average(point => point.X), y = points.Average(point => point.Y);
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
