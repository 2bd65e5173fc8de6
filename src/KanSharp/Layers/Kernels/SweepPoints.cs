using System.Numerics;
using KanSharp.Bases;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// The points of one feature in one block of rows, sorted by cell: what a kernel walks over. Values are stored function by function, so that
/// they can be computed with points side by side in a register.
/// </summary>
internal ref struct SweepPoints<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Row of each point in the block.</summary>
    public ref int Order;

    /// <summary>Values of the non-zero functions, [k+1 functions][<see cref="Stride"/>].</summary>
    public ref T Values;

    /// <summary>Values of the base function.</summary>
    public ref T Bases;

    /// <summary>Cells in ascending order.</summary>
    public ref CellRun Runs;

    public int RunCount;

    /// <summary>Elements from one function's values to the next's.</summary>
    public int Stride;
}
