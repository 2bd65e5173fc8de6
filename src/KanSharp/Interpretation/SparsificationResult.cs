using System.Numerics;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>A network that was trained to be sparse.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed record SparsificationResult<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The trained network; the one that was given is unchanged.</summary>
    public required KanNetwork<T> Network { get; init; }

    /// <summary>Whole weight λ of the penalty; 0 if the schedule ended before it.</summary>
    public required double Lambda { get; init; }

    /// <summary>The phases that were run, in order.</summary>
    public required IReadOnlyList<SparsificationPhase<T>> Phases { get; init; }

    /// <summary>Records of all epochs, phase after phase.</summary>
    public IReadOnlyList<EpochRecord> History => [.. Phases.SelectMany(phase => phase.Fit.History)];

    /// <summary>Why the last phase ended; <see cref="StopReason.BudgetReached"/> if there was none.</summary>
    public StopReason Reason => Phases.Count == 0 ? StopReason.BudgetReached : Phases[^1].Fit.Reason;

    /// <summary>What the user should know, each said once.</summary>
    public IReadOnlyList<string> Warnings => [.. Phases.SelectMany(phase => phase.Fit.Warnings).Distinct()];
}
