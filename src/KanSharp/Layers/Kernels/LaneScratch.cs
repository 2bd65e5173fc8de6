using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>What one thread needs to compute a piece of a layer with samples in the lanes; kept for the next piece.</summary>
internal sealed class LaneScratch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Columns of inputs.</summary>
    public AlignedBuffer<T> X { get; } = new();

    /// <summary>Columns of multipliers.</summary>
    public AlignedBuffer<T> Factors { get; } = new();

    /// <summary>Columns of outputs or of their gradients.</summary>
    public AlignedBuffer<T> Y { get; } = new();

    /// <summary>Columns of input gradients.</summary>
    public AlignedBuffer<T> Gradients { get; } = new();

    /// <summary>Cells, arguments, base values and one more column for a feature.</summary>
    public AlignedBuffer<T> Points { get; } = new();

    /// <summary>Origins and inverse widths of a feature's cells.</summary>
    public AlignedBuffer<T> Cells { get; } = new();

    /// <summary>Look-up tables of basis functions.</summary>
    public AlignedBuffer<T> Functions { get; } = new();

    /// <summary>Look-up tables of edges.</summary>
    public AlignedBuffer<T> Edges { get; } = new();

    /// <summary>Sums of weight gradients, a register each.</summary>
    public AlignedBuffer<T> Sums { get; } = new();
}
