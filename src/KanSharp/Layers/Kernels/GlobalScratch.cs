using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>A thread's working memory in the global-basis kernels.</summary>
internal sealed class GlobalScratch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Points with lanes side by side, then their multipliers.</summary>
    public AlignedBuffer<T> Points { get; } = new();

    /// <summary>Values of the basis.</summary>
    public AlignedBuffer<T> Values { get; } = new();

    /// <summary>Products before they are added to their target.</summary>
    public AlignedBuffer<T> Products { get; } = new();

    /// <summary>Weights with scale and mask multiplied in.</summary>
    public AlignedBuffer<T> Weights { get; } = new();
}
