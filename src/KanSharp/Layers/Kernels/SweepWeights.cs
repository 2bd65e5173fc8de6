using System.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The weight rows of one feature for one tile of outputs. All are read in whole registers, so memory goes on past the last output.</summary>
internal ref struct SweepWeights<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Row of the window's first function at cell 0 (for the weight gradient, where its sums go).</summary>
    public ref T Rows;

    /// <summary>Elements from one row to the next.</summary>
    public nint RowStride;

    /// <summary>
    /// Elements from a row to the same row of what is swept next. Sweeps meet their rows far apart, at the borders of cells, too late for the processor
    /// to hide a trip to the third-level cache, so each row asks for its successor. Unused by the weight gradient.
    /// </summary>
    public nint Ahead;

    /// <summary>Elements from the factors and the base row to those of what is swept next. Unused by the weight gradient.</summary>
    public nint EdgesAhead;

    /// <summary>Bits of the outputs in the last register of a row; what follows them in memory is another row. Unused by the weight gradient.</summary>
    public ref T Mask;

    /// <summary>Factors that every row is multiplied by; a null reference for 1. Lanes past the outputs are 0.</summary>
    public ref T Factors;

    /// <summary>The base row. Lanes past the outputs are 0.</summary>
    public ref T Base;
}
