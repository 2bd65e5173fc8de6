using System.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>A thread's room for <see cref="FamilyGradients{T}"/>.</summary>
internal sealed class EdgeProducts<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _values = [];

    /// <summary>At least so many elements, cleared.</summary>
    public Span<T> Take(int length)
    {
        if (_values.Length < length)
            _values = new T[length];
        Span<T> part = _values.AsSpan(0, length);
        part.Clear();
        return part;
    }
}
