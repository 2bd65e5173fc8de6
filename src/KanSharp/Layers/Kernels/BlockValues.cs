using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>Values of the non-zero basis functions and of the base function on the points of a <see cref="SortedBlock{T}"/>, function by function.</summary>
internal sealed class BlockValues<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _functions = new();
    private readonly AlignedBuffer<T> _bases = new();
    private int _count;
    private int _stride;
    private bool _hasBase;

    /// <summary>Sets the shape: features × functions × stride.</summary>
    public void Reserve(int features, int count, int stride, bool hasBase)
    {
        _count = count;
        _stride = stride;
        _functions.Reserve(features * count * stride);
        _bases.Reserve(hasBase ? features * stride : 1);
        _hasBase = hasBase;
    }

    /// <summary>The first value of one function of a feature.</summary>
    public ref T Functions(int feature, int function) => ref _functions.Slice((feature * _count + function) * _stride, _stride)[0];

    /// <summary>The values of one function of a feature.</summary>
    public Span<T> Function(int feature, int function, int rows) => _functions.Slice((feature * _count + function) * _stride, rows);

    /// <summary>The first base value of a feature; some element where there is no base function.</summary>
    public ref T FirstBase(int feature) => ref _bases.Slice(_hasBase ? feature * _stride : 0, 1)[0];

    /// <summary>The base values of a feature.</summary>
    public Span<T> Bases(int feature, int rows) => _bases.Slice(feature * _stride, rows);
}
