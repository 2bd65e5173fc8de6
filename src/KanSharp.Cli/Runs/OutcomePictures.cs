using System.Numerics;
using KanSharp.Cli.Fitting;
using KanSharp.Networks;
using KanSharp.Plotting;
using KanSharp.Training;

namespace KanSharp.Cli.Runs;

/// <summary>The pictures of a training run.</summary>
internal sealed class OutcomePictures<T>(FitOutcome<T> outcome)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostTargets = 6;

    /// <summary>The diagram of the network; null for an MLP.</summary>
    public Scene? Network { get; } = outcome.Fit.Model.Network is KanNetwork<T>
        ? NetworkPictures.Diagram(outcome.Fit.Model, outcome.Fit.Problem.Split.Train).Draw()
        : null;

    /// <summary>Loss and metric over the epochs.</summary>
    public Scene Loss { get; } = LossOf(outcome.Fit.Training.History, outcome.MetricName, outcome.Fit.Training.BestEpoch).Draw();

    /// <summary>Confusion, or predicted against actual values of each target.</summary>
    public IReadOnlyList<Scene> Errors { get; } = ErrorsOf(outcome);

    public static LossChart LossOf(IReadOnlyList<EpochRecord> history, string metric, int bestEpoch) => new()
    {
        Training = [.. history.Select(epoch => epoch.TrainingLoss)],
        Validation = [.. history.Where(epoch => epoch.ValidationLoss is not null).Select(epoch => epoch.ValidationLoss!.Value)],
        Metric = [.. history.Where(epoch => epoch.Metrics.Count > 0).Select(epoch => epoch.Metrics[0])],
        MetricName = metric,
        BestEpoch = bestEpoch > 0 ? bestEpoch : null,
    };

    private static Scene[] ErrorsOf(FitOutcome<T> outcome)
    {
        if (outcome.Error.Classification is { } classes)
            return [new ConfusionMatrix { Title = $"Confusion, {outcome.Part} rows", Labels = outcome.Rows.ClassLabels, Counts = classes.Confusion }.Draw()];
        int targets = outcome.Rows.Outputs;
        return
        [
            .. Enumerable.Range(0, Math.Min(targets, MostTargets)).Select(target => new ParityPlot
            {
                Title = $"Predicted and actual, {outcome.Part} rows",
                Quantity = outcome.Rows.TargetNames[target],
                Actual = Column(outcome.Rows.Targets.ToArray(), targets, target),
                Predicted = Column(outcome.Predictions, targets, target),
            }.Draw()),
        ];
    }

    private static double[] Column(double[] values, int width, int column) =>
        [.. Enumerable.Range(0, values.Length / width).Select(row => values[row * width + column])];
}
