using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>Which of the three sums of a layer is wanted.</summary>
internal enum ContractionKind
{
    Forward,
    WeightGradient,
    InputGradient,
}

/// <summary>Chooses the compiled kernel for a register width, a tile width and a degree.</summary>
internal static class ContractionDispatch
{
    /// <summary>Runs one kernel on one tile.</summary>
    /// <param name="kind">Which sum.</param>
    /// <param name="width">SIMD width.</param>
    /// <param name="vectors">Registers of the tile, 1 to 4.</param>
    /// <param name="block">The points.</param>
    /// <param name="weights">The tile's weights at the block's first feature; for the weight gradient its target.</param>
    /// <param name="outputs">Outputs or their gradient, [rows, tile width].</param>
    /// <param name="inputGradient">Target of the input gradient, [rows, features].</param>
    public static void Run<T>(
        ContractionKind kind, SimdWidth width, int vectors, in ContractionBlock<T> block, ref T weights, ref T outputs, ref T inputGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (width)
        {
            case SimdWidth.Bits512: WithWidth<Simd512<T>, T>(kind, vectors, block, ref weights, ref outputs, ref inputGradient); break;
            case SimdWidth.Bits256: WithWidth<Simd256<T>, T>(kind, vectors, block, ref weights, ref outputs, ref inputGradient); break;
            case SimdWidth.Bits128: WithWidth<Simd128<T>, T>(kind, vectors, block, ref weights, ref outputs, ref inputGradient); break;
            default: WithWidth<SimdScalar<T>, T>(kind, vectors, block, ref weights, ref outputs, ref inputGradient); break;
        }
    }

    private static void WithWidth<V, T>(
        ContractionKind kind, int vectors, in ContractionBlock<T> block, ref T weights, ref T outputs, ref T inputGradient)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (vectors)
        {
            case 1: WithTile<V, One, T>(kind, block, ref weights, ref outputs, ref inputGradient); break;
            case 2: WithTile<V, Two, T>(kind, block, ref weights, ref outputs, ref inputGradient); break;
            case 3: WithTile<V, Three, T>(kind, block, ref weights, ref outputs, ref inputGradient); break;
            default: WithTile<V, Four, T>(kind, block, ref weights, ref outputs, ref inputGradient); break;
        }
    }

    private static void WithTile<V, TTile, T>(ContractionKind kind, in ContractionBlock<T> block, ref T weights, ref T outputs, ref T inputGradient)
        where V : unmanaged, ISimd<V, T>
        where TTile : struct, IConstant
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (kind == ContractionKind.WeightGradient)
        {
            WeightGradientKernel<V, TTile, T>.Run(block, ref weights, ref outputs);
            return;
        }

        switch (block.Degree)
        {
            case 1: WithDegree<V, TTile, One, T>(kind, block, ref weights, ref outputs, ref inputGradient); break;
            case 2: WithDegree<V, TTile, Two, T>(kind, block, ref weights, ref outputs, ref inputGradient); break;
            case 3: WithDegree<V, TTile, Three, T>(kind, block, ref weights, ref outputs, ref inputGradient); break;
            case 4: WithDegree<V, TTile, Four, T>(kind, block, ref weights, ref outputs, ref inputGradient); break;
            case 5: WithDegree<V, TTile, Five, T>(kind, block, ref weights, ref outputs, ref inputGradient); break;
            default: WithDegree<V, TTile, AnyNumber, T>(kind, block, ref weights, ref outputs, ref inputGradient); break;
        }
    }

    private static void WithDegree<V, TTile, TDegree, T>(
        ContractionKind kind, in ContractionBlock<T> block, ref T weights, ref T outputs, ref T inputGradient)
        where V : unmanaged, ISimd<V, T>
        where TTile : struct, IConstant
        where TDegree : struct, IConstant
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (kind == ContractionKind.Forward)
            ContractionKernels<V, TTile, TDegree, T>.Forward(block, ref weights, ref outputs);
        else
            ContractionKernels<V, TTile, TDegree, T>.InputGradient(block, ref weights, ref outputs, ref inputGradient);
    }
}
