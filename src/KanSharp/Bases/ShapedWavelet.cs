using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>A mother wavelet of a shape that the compiler knows, times an amplitude.</summary>
internal sealed class ShapedWavelet<TShape, T>(double amplitude) : MotherWavelet<T>
    where TShape : struct, IWaveletShape
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate<V>(int order, ref T u, ref T values, int length)
    {
        V factor = SimdMath.Constant<V, T>(amplitude);
        for (nint n = 0; n < length; n += V.Count)
        {
            TShape.At<V, T>(V.Load(in u, n), order, out V value, out _);
            V.Store(factor * value, ref values, n);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate<V>(int order, ref T u, ref T values, ref T slopes, int length)
    {
        V factor = SimdMath.Constant<V, T>(amplitude);
        for (nint n = 0; n < length; n += V.Count)
        {
            TShape.At<V, T>(V.Load(in u, n), order, out V value, out V slope);
            V.Store(factor * value, ref values, n);
            V.Store(factor * slope, ref slopes, n);
        }
    }
}
