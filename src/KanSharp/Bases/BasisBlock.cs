using System.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// Points of some features and room for the basis functions there. Points lie side by side ("in lanes"), so that a family evaluates a
/// register of points at once, and a row of values is one function at all points: the operand of a matrix product as it stands.
/// </summary>
internal readonly ref struct BasisBlock<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Point n of feature f stands at f · <see cref="PointStride"/> + n.</summary>
    public readonly ref T Points;

    /// <summary>The value of function j of feature f at point n goes to (f · count + j) · <see cref="ValueStride"/> + n.</summary>
    public readonly ref T Values;

    public BasisBlock(int feature, int features, int length, int order, ref T points, int pointStride, ref T values, int valueStride)
    {
        Feature = feature;
        Features = features;
        Length = length;
        Order = order;
        Points = ref points;
        PointStride = pointStride;
        Values = ref values;
        ValueStride = valueStride;
    }

    /// <summary>Index of the first feature in the layer, for families with parameters per feature.</summary>
    public int Feature { get; }

    public int Features { get; }

    /// <summary>Points of a feature, a multiple of the register's lanes; those past the batch are 0.</summary>
    public int Length { get; }

    /// <summary>Order of the derivative, 0 (the functions themselves) to <see cref="GlobalBasis{T}.MaxOrder"/>.</summary>
    public int Order { get; }

    public int PointStride { get; }

    public int ValueStride { get; }
}
