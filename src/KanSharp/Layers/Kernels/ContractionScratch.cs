using System.Buffers;
using System.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>Pooled arrays for one block of evaluated points; given back by <see cref="Dispose"/>.</summary>
internal readonly struct ContractionScratch<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ContractionScratch(int rows, int features, int stride)
    {
        int points = rows * features;
        X = ArrayPool<T>.Shared.Rent(points);
        Bases = ArrayPool<T>.Shared.Rent(points);
        Values = ArrayPool<T>.Shared.Rent(points * stride);
        First = ArrayPool<int>.Shared.Rent(points);
    }

    /// <summary>Points, then multipliers, then input gradients.</summary>
    public T[] X { get; }

    public T[] Bases { get; }

    public T[] Values { get; }

    public int[] First { get; }

    public void Dispose()
    {
        ArrayPool<T>.Shared.Return(X);
        ArrayPool<T>.Shared.Return(Bases);
        ArrayPool<T>.Shared.Return(Values);
        ArrayPool<int>.Shared.Return(First);
    }
}
