using System.Numerics;
using KanSharp.Layers;

namespace KanSharp.Networks;

/// <summary>A network on refined grids, and what that did to every layer.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Network">The new network; the old one is unchanged.</param>
/// <param name="Layers">Its layers with their reports, input first.</param>
public sealed record RefineResult<T>(KanNetwork<T> Network, IReadOnlyList<RefinedLayer<T>> Layers)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
