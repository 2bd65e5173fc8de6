using System.Numerics;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>How training went.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed record FitResult<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// The module that was trained, holding the best parameters. With a <see cref="GridSchedule"/> it is a new network, the best stage's; the one that was
    /// given is unchanged.
    /// </summary>
    public required Module<T> Module { get; init; }

    /// <summary>Why training ended.</summary>
    public required StopReason Reason { get; init; }

    /// <summary>The reason in words; for <see cref="StopReason.Diverged"/> where the first non-finite value arose.</summary>
    public required string Message { get; init; }

    /// <summary>One record per completed epoch, those before a resumption included.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }

    /// <summary>Epoch after which the parameters in the module were taken; 0 if they are those it came with.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>
    /// What the parameters were chosen by: the value of <see cref="FitHooks{T}.Selection"/>, without it the validation loss, or training loss with penalty without a validation set; +∞ if no epoch was judged.
    /// </summary>
    public required double BestLoss { get; init; }

    /// <summary>Optimiser steps done, those before a resumption included.</summary>
    public required long Steps { get; init; }

    /// <summary>Seconds of training, evaluations included, those before a resumption included.</summary>
    public required double Seconds { get; init; }

    /// <summary>Training samples processed per second (every evaluation of a line search counts).</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>What the user should know: options that had no effect, grids that were not moved.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The stages of a <see cref="GridSchedule"/>, in order; empty without one.</summary>
    public IReadOnlyList<GridStage> Stages { get; init; } = [];
}
