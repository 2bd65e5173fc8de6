using System.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>Points of one block, evaluated: rows × features, each with its first function index, its values and its base value.</summary>
internal ref struct ContractionBlock<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Index of the first non-zero function [rows, features].</summary>
    public ref int First;

    /// <summary>For the weight gradient, per feature the rows sorted by first function [features, rows].</summary>
    public ref int Order;

    /// <summary>Values of the non-zero functions [rows, features, <see cref="Stride"/>].</summary>
    public ref T Values;

    /// <summary>Values of the base function [rows, features]; unused without <see cref="HasBase"/>.</summary>
    public ref T Bases;

    public int Rows;

    public int Features;

    /// <summary>Elements from one point's values to the next's.</summary>
    public int Stride;

    /// <summary>Degree k, so k+1 values per point.</summary>
    public int Degree;

    public bool HasBase;

    /// <summary>Weight rows per feature: the basis functions and the base row.</summary>
    public int RowsPerFeature;
}
