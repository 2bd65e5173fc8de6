namespace KanSharp.Training;

/// <summary>Where training stands.</summary>
/// <param name="Epoch">The epoch in progress, from 1.</param>
/// <param name="Epochs">Epochs asked for.</param>
/// <param name="Step">Optimiser steps done.</param>
/// <param name="Steps">Optimiser steps in all epochs.</param>
/// <param name="Loss">Mean training loss of this epoch so far.</param>
/// <param name="ValidationLoss">Validation loss of the last completed epoch; null without one.</param>
/// <param name="BestEpoch">Epoch of the best parameters so far; 0 before the first is complete.</param>
/// <param name="SamplesPerSecond">Training samples per second so far.</param>
/// <param name="Elapsed">Time since training began.</param>
/// <param name="Remaining">Expected time until all epochs are done or the time limit is reached; null before the first step.</param>
public readonly record struct TrainingProgress(
    int Epoch,
    int Epochs,
    long Step,
    long Steps,
    double Loss,
    double? ValidationLoss,
    int BestEpoch,
    double SamplesPerSecond,
    TimeSpan Elapsed,
    TimeSpan? Remaining)
{
    /// <summary>Metrics of the last completed epoch, in the order they were asked for.</summary>
    public IReadOnlyList<double> Metrics { get; init; } = [];

    /// <summary>Stage of a <see cref="GridSchedule"/>, from 1; 0 without one.</summary>
    public int Stage { get; init; }

    /// <summary>Its number of stages; 0 without one.</summary>
    public int Stages { get; init; }

    /// <summary>Intervals of the present grids; null without a schedule of them.</summary>
    public int? Intervals { get; init; }
}
