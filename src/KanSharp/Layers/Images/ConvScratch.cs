using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>Memory that a thread needs for a block of images.</summary>
internal sealed class ConvScratch<T>
    where T : unmanaged
{
    public AlignedBuffer<T> Points { get; } = new();

    public AlignedBuffer<T> Mapped { get; } = new();

    public AlignedBuffer<T> Slope { get; } = new();

    public AlignedBuffer<T> Values { get; } = new();

    public AlignedBuffer<T> Output { get; } = new();

    public AlignedBuffer<T> Products { get; } = new();
}
