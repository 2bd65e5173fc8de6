using System.Numerics;
using KanSharp.Cli.Runs;
using KanSharp.Data;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Cli.Fitting;

/// <summary>A finished training run and what is reported about it.</summary>
/// <param name="Settings">What it was told.</param>
/// <param name="Fit">The model and how training went.</param>
/// <param name="MetricName">Name of the metric in the history.</param>
/// <param name="Part">Which rows are reported on: "test", "validation" or "training".</param>
/// <param name="Rows">Those rows.</param>
/// <param name="Predictions">Predictions for them.</param>
internal sealed record FitOutcome<T>(
    FitSettings Settings, TabularFit<T> Fit, string MetricName, string Part, Dataset<double> Rows, double[] Predictions)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public RunFolder? Folder { get; init; }

    public TabularEvaluation Error { get; } = TabularEvaluation.Of(Rows, Predictions);

    /// <summary>What the mean or the shares of the classes reach on the same rows.</summary>
    public TabularEvaluation Constant { get; } = TabularEvaluation.Constant(Fit.Problem.Split.Train, Rows);

    public IReadOnlyList<int> Widths => Fit.Model.Network switch
    {
        KanNetwork<T> kan => kan.Widths,
        Mlp<T> mlp => mlp.Widths,
        _ => [],
    };

    public int ExitCode => Fit.Training.Reason switch
    {
        StopReason.Cancelled => Cli.ExitCode.Cancelled,
        StopReason.Diverged => Cli.ExitCode.Failure,
        _ => Cli.ExitCode.Success,
    };
}
