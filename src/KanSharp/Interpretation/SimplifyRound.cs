using System.Numerics;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>One round of <see cref="Simplifier"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Network">The network after the round.</param>
/// <param name="Sparsification">Training with a penalty; null without.</param>
/// <param name="Pruning">What was removed.</param>
/// <param name="Refit">Training after the pruning.</param>
/// <param name="Error">Error on the judging data after the round.</param>
/// <param name="Accepted">Whether the round counts; one that does not is the last.</param>
public sealed record SimplifyRound<T>(
    KanNetwork<T> Network, SparsificationResult<T>? Sparsification, PruneReport Pruning, FitResult<T> Refit, double Error, bool Accepted)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
