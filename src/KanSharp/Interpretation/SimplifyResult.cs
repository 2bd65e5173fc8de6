using System.Numerics;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>A network that was made smaller in rounds.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Network">The network after the last accepted round; a copy of the one that was given if there was none.</param>
/// <param name="Error">Its error on the judging data.</param>
/// <param name="ErrorBefore">That of the network that was given.</param>
/// <param name="Rounds">The rounds, in order.</param>
public sealed record SimplifyResult<T>(KanNetwork<T> Network, double Error, double ErrorBefore, IReadOnlyList<SimplifyRound<T>> Rounds)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
