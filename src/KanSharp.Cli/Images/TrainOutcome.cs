using System.Numerics;
using KanSharp.Training;

namespace KanSharp.Cli.Images;

/// <summary>A finished training run on images.</summary>
/// <param name="Settings">What it was told.</param>
/// <param name="Model">The best model.</param>
/// <param name="Training">How training went.</param>
/// <param name="Part">Which images are reported on: "test", "validation" or "training".</param>
/// <param name="Judgement">Predictions for them.</param>
/// <param name="TrainCount">Images that were trained on.</param>
/// <param name="ValidationCount">Images that chose the epoch.</param>
internal sealed record TrainOutcome<T>(
    TrainSettings Settings, ImageModel<T> Model, FitResult<T> Training, string Part, ImageJudgement Judgement, int TrainCount, int ValidationCount)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Accuracy on the validation images in the best epoch; NaN before one is complete.</summary>
    public double SelectedAccuracy => Training.BestEpoch > 0 && Training.BestEpoch <= Training.History.Count ? Training.History[Training.BestEpoch - 1].Metrics[0] : double.NaN;

    public double SecondsPerEpoch => Training.History.Count == 0 ? double.NaN : Training.Seconds / Training.History.Count;

    public int ExitCode => Training.Reason switch
    {
        StopReason.Cancelled => Cli.ExitCode.Cancelled,
        StopReason.Diverged => Cli.ExitCode.Failure,
        _ => Cli.ExitCode.Success,
    };
}
