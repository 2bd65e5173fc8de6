using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The three sweeps over the sorted points of one feature, compiled for one tile width, window and register width.</summary>
internal abstract class Sweeps<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary><see cref="ForwardSweep{V,TTile,TRows,TBase,T}"/>.</summary>
    public abstract void Forward(in SweepPoints<T> points, in SweepWeights<T> weights, ref T tile);

    /// <summary><see cref="WeightGradientSweep{V,TTile,TRows,TBase,T}"/>.</summary>
    public abstract void WeightGradient(in SweepPoints<T> points, in SweepWeights<T> sums, ref T g);

    /// <summary><see cref="InputGradientSweep{V,TTile,TRows,TBase,T}"/>.</summary>
    public abstract void InputGradient(in SweepPoints<T> points, in SweepWeights<T> weights, ref T g, ref T sums);

    /// <summary>The sweeps for a shape; the same object every time.</summary>
    /// <param name="width">SIMD width.</param>
    /// <param name="vectors">Registers per row, 1 to 4.</param>
    /// <param name="rows">Rows of the window, 2 to 6.</param>
    /// <param name="hasBase">Whether there is a base row.</param>
    public static Sweeps<T> For(SimdWidth width, int vectors, int rows, bool hasBase) => width switch
    {
        SimdWidth.Bits512 => OfWidth<Simd512<T>>(vectors, rows, hasBase),
        SimdWidth.Bits256 => OfWidth<Simd256<T>>(vectors, rows, hasBase),
        SimdWidth.Bits128 => OfWidth<Simd128<T>>(vectors, rows, hasBase),
        _ => OfWidth<SimdScalar<T>>(vectors, rows, hasBase),
    };

    private static Sweeps<T> OfWidth<V>(int vectors, int rows, bool hasBase)
        where V : unmanaged, ISimd<V, T> => vectors switch
        {
            1 => OfTile<V, One>(rows, hasBase),
            2 => OfTile<V, Two>(rows, hasBase),
            3 => OfTile<V, Three>(rows, hasBase),
            _ => OfTile<V, Four>(rows, hasBase),
        };

    private static Sweeps<T> OfTile<V, TTile>(int rows, bool hasBase)
        where V : unmanaged, ISimd<V, T>
        where TTile : struct, IConstant => rows switch
        {
            2 => OfRows<V, TTile, Two>(hasBase),
            3 => OfRows<V, TTile, Three>(hasBase),
            4 => OfRows<V, TTile, Four>(hasBase),
            5 => OfRows<V, TTile, Five>(hasBase),
            _ => OfRows<V, TTile, Six>(hasBase),
        };

    private static Sweeps<T> OfRows<V, TTile, TRows>(bool hasBase)
        where V : unmanaged, ISimd<V, T>
        where TTile : struct, IConstant
        where TRows : struct, IConstant =>
        hasBase ? Compiled<V, TTile, TRows, One>.Instance : Compiled<V, TTile, TRows, Zero>.Instance;

    private sealed class Compiled<V, TTile, TRows, TBase> : Sweeps<T>
        where V : unmanaged, ISimd<V, T>
        where TTile : struct, IConstant
        where TRows : struct, IConstant
        where TBase : struct, IConstant
    {
        public static readonly Compiled<V, TTile, TRows, TBase> Instance = new();

        public override void Forward(in SweepPoints<T> points, in SweepWeights<T> weights, ref T tile) =>
            ForwardSweep<V, TTile, TRows, TBase, T>.Run(points, weights, ref tile);

        public override void WeightGradient(in SweepPoints<T> points, in SweepWeights<T> sums, ref T g) =>
            WeightGradientSweep<V, TTile, TRows, TBase, T>.Run(points, sums, ref g);

        public override void InputGradient(in SweepPoints<T> points, in SweepWeights<T> weights, ref T g, ref T sums) =>
            InputGradientSweep<V, TTile, TRows, TBase, T>.Run(points, weights, ref g, ref sums);
    }
}
