using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// Estimated cycles of a layer, by which the kernel is chosen: once per shape, for any number of threads the same. The counts are those of the loops;
/// the constants beside them were measured on a processor that does two 512-bit multiply-adds a cycle (docs/performance.md has the derivation).
/// </summary>
/// <param name="Forward">Forward pass.</param>
/// <param name="Backward">Gradients of weights and inputs.</param>
internal readonly record struct LayerCost(double Forward, double Backward)
{
    /// <summary>Up to this many cells the points are sorted by picking those of one cell after the other, which takes its time for every cell.</summary>
    private const int SortedByPicking = 20;

    /// <summary>Cycles for a base function, with its derivative in the backward pass.</summary>
    private const double Base = 28;
    private const double BasePair = 36;

    /// <summary>Whether samples in the lanes (<see cref="LaneContraction{T}"/>) are faster than outputs in the lanes (<see cref="LocalContraction{T}"/>).</summary>
    public static bool PrefersLanes<T>(in LayerShape shape, SimdWidth width)
        where T : unmanaged
    {
        if (shape.Degree > LaneKernels<double>.MostDegree || TableRegisters<T>(shape.Cells, width) == 0)
            return false;
        LayerCost lanes = OfLanes<T>(shape, width);
        LayerCost sweeps = OfSweeps<T>(shape, width);
        return lanes.Forward + lanes.Backward < sweeps.Forward + sweeps.Backward;
    }

    /// <summary>Registers of a look-up table: 1 or 2 where the machine reads such a table with one permutation, else 0 for a table in memory.</summary>
    public static int TableRegisters<T>(int cells, SimdWidth width)
        where T : unmanaged
    {
        int lanes = width.Lanes<T>();
        bool permutes = width == SimdWidth.Bits512 ? Simd512<double>.PermutesFast : width == SimdWidth.Bits256 && Simd256<double>.PermutesFast;
        return !permutes ? 0 : cells <= lanes ? 1 : cells <= 2 * lanes ? 2 : 0;
    }

    /// <summary>
    /// Samples in the lanes. A register of points of one feature: comparing with every breakpoint, the base function, k+1 look-ups and multiply-adds for
    /// each output, in the backward pass also for each basis function, whose values then meet the gradient of every output.
    /// </summary>
    public static LayerCost OfLanes<T>(in LayerShape shape, SimdWidth width)
        where T : unmanaged
    {
        int lanes = width.Lanes<T>();
        int registers = (shape.Rows + lanes - 1) / lanes;
        double lookup = TableRegisters<T>(shape.Cells, width) switch
        {
            1 => 1,
            2 => 1.25,
            _ => 2 + lanes,
        };
        double polynomial = (shape.Degree + 1) * lookup;
        double transpose = lanes / 5.0;
        double locate = 8 + 2 * shape.Cells;
        double forward = locate + (shape.HasBase ? Base : 0) + shape.Outputs * (polynomial + transpose);
        int passes = (shape.Outputs + LaneKernels<double>.MostSums - 1) / LaneKernels<double>.MostSums;
        double backward = locate + 2 * lanes + (shape.HasBase ? BasePair : 0) + passes * shape.Functions * polynomial
            + shape.Outputs * (0.7 * (shape.Functions + 1) + polynomial + 3 + transpose);
        double functions = 5 * shape.Cells * (shape.Degree + 1) * (shape.Degree + 1) + 40 * shape.Functions;
        double sums = 10 * (shape.Functions + 1) * shape.Outputs;
        double edges = EdgeTables(shape);
        return new LayerCost(shape.Inputs * (registers * forward + 250 + edges), shape.Inputs * (registers * backward + 500 + functions + sums + edges));
    }

    /// <summary>Cycles for the look-up tables of a feature's edges.</summary>
    public static double EdgeTables(in LayerShape shape) => shape.Outputs * (70 + 3.5 * (shape.Degree + 1) * shape.Cells);

    /// <summary>
    /// Outputs in the lanes. A point of one feature: sorting by cell, its part of a register of points for the basis values, then k+2 multiply-adds per
    /// register of outputs; in the backward pass twice as many, and the sum over outputs.
    /// </summary>
    public static LayerCost OfSweeps<T>(in LayerShape shape, SimdWidth width)
        where T : unmanaged
    {
        int lanes = width.Lanes<T>();
        int vectors = (shape.Outputs + lanes - 1) / lanes;
        bool picks = width == SimdWidth.Bits512 && shape.Cells <= SortedByPicking;
        double values = (16 + 1.25 * (shape.Degree + 1) * (shape.Degree + 1)) / lanes;
        double sort = picks ? 11.0 * shape.Cells / lanes : 8 + 36.0 / lanes;
        double forward = shape.Degree + 2 + values + sort + 0.5 * (shape.Degree + 2) * (vectors - 1);
        double backward = forward + 13.5 + 52.0 / lanes + 0.5 * (shape.Degree + 2) * (vectors - 1);
        return new LayerCost(shape.Inputs * (shape.Rows * forward + 500 + 12 * shape.Cells), shape.Inputs * (shape.Rows * backward + 1300 + 40 * shape.Cells));
    }
}
