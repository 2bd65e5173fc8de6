using System.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>Evaluated points [rows, features] and the parameters of their edges, [features, ...]; pointers to what a layer lacks are null.</summary>
internal unsafe struct EdgeSumBlock<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>[features, <see cref="Count"/>, <see cref="Outputs"/>].</summary>
    public T* Coefficients;

    /// <summary>[features, outputs].</summary>
    public T* BaseWeight;

    /// <summary>[features, outputs].</summary>
    public T* Scale;

    /// <summary>[features, outputs].</summary>
    public T* Mask;

    /// <summary>Index of the first non-zero function, [rows, features].</summary>
    public int* First;

    /// <summary>Values of the non-zero functions, [rows, features, <see cref="Stride"/>].</summary>
    public T* Values;

    /// <summary>Values of the base function, [rows, features].</summary>
    public T* Bases;

    /// <summary>Outputs that are added to, [rows, outputs].</summary>
    public T* Y;

    public int Rows;

    public int Features;

    public int Outputs;

    /// <summary>Basis functions per feature.</summary>
    public int Count;

    /// <summary>Elements from one point's values to the next's.</summary>
    public int Stride;

    /// <summary>Degree k, so k+1 values per point.</summary>
    public int Degree;

    /// <summary>Whether to fetch the numbers of the next feature while this one is computed.</summary>
    public bool FetchAhead;
}
