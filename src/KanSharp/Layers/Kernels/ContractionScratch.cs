using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>What one thread needs to compute a piece of a layer; kept for the next piece.</summary>
internal sealed class ContractionScratch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The sorted points.</summary>
    public SortedBlock<T> Sorted { get; } = new();

    /// <summary>Their basis values.</summary>
    public BlockValues<T> Values { get; } = new();

    /// <summary>Tiles of outputs; in the backward pass sums of weight gradients.</summary>
    public AlignedBuffer<T> Tiles { get; } = new();

    /// <summary>In the backward pass registers of input gradients, one per point.</summary>
    public AlignedBuffer<T> Partials { get; } = new();
}
