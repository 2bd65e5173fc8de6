using System.Numerics;
using KanSharp.Layers;

namespace KanSharp.Networks;

/// <summary>A network whose grids were stretched to the range of their inputs.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Network">The new network; the old one is unchanged.</param>
/// <param name="Layers">What moved in every layer, input first.</param>
public sealed record FollowResult<T>(KanNetwork<T> Network, IReadOnlyList<GridUpdateReport> Layers)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
