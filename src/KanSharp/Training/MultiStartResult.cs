using System.Numerics;

namespace KanSharp.Training;

/// <summary>How training from several starts went.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Fit">The training of the chosen network to the end.</param>
/// <param name="Seed">Seed of the chosen network.</param>
/// <param name="Losses">
/// What the starts were chosen by, in their order: validation loss, or training loss with penalty; +∞ for one that diverged or was not tried because
/// training was stopped.
/// </param>
public sealed record MultiStartResult<T>(FitResult<T> Fit, ulong Seed, IReadOnlyList<double> Losses)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
