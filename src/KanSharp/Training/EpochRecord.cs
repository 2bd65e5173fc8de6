namespace KanSharp.Training;

/// <summary>What one epoch achieved.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="TrainingLoss">Mean loss over the epoch's samples, each taken before the step it belongs to (quasi-Newton: after the step).</param>
/// <param name="Penalty">Mean of what regularisation added to the loss.</param>
/// <param name="ValidationLoss">Loss on the validation set at the end of the epoch; null without one.</param>
/// <param name="Metrics">Values of the metrics that were asked for, in their order.</param>
/// <param name="LearningRate">Learning rate of the epoch's last step.</param>
/// <param name="Seconds">Time since training began, interruptions not counted.</param>
public sealed record EpochRecord(
    int Epoch, double TrainingLoss, double Penalty, double? ValidationLoss, IReadOnlyList<double> Metrics, double LearningRate, double Seconds)
{
    /// <summary>Steps accepted and rejected by Levenberg-Marquardt; null for other optimisers.</summary>
    public SolverTrace? Solver { get; init; }

    /// <summary>Intervals of the grids in this epoch's stage; null without a <see cref="GridSchedule"/>.</summary>
    public int? Intervals { get; init; }
}
