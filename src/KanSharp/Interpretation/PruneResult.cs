using System.Numerics;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>A pruned network and what was removed.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Network">The new network; of a dry run the one that was given.</param>
/// <param name="Report">What was done, or would be.</param>
public sealed record PruneResult<T>(KanNetwork<T> Network, PruneReport Report)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
