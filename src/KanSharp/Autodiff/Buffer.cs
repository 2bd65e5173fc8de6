using System.Numerics;

namespace KanSharp.Autodiff;

/// <summary>A run of elements inside a larger array, small enough to be kept in a node.</summary>
internal readonly record struct Buffer<T>(T[] Array, int Offset, int Length)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public bool IsEmpty => Array is null;

    public Span<T> Span => new(Array, Offset, Length);
}
