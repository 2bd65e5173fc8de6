using System.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The points of one feature in one block of rows, in the order of the rows: what a kernel with samples in the lanes walks over.</summary>
internal ref struct LanePoints<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Cell of every point, as <see cref="KanSharp.Numerics.LaneIndex"/> has it.</summary>
    public ref T Index;

    /// <summary>Argument of the polynomials of that cell.</summary>
    public ref T U;

    /// <summary>Factor of every point; a null reference for 1.</summary>
    public ref T Factors;

    /// <summary>Number of points, a multiple of the lanes.</summary>
    public int Count;

    /// <summary>Elements from one look-up table to the next.</summary>
    public int TableLength;
}
