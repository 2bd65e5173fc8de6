using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>The functions of <see cref="SineOptions"/>.</summary>
/// <param name="frequencies">ω, [N], read at every evaluation.</param>
/// <param name="phases">φ, [features, N].</param>
internal sealed class SineBasis<T>(T[] frequencies, T[] phases) : RowBasis<T>(frequencies.Length)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override int SharedParameters => frequencies.Length;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Row<V>(int feature, int order, int length, ref T points, ref T values, int stride)
    {
        for (int k = 0; k < frequencies.Length; k++)
        {
            V omega = V.Broadcast(frequencies[k]), phase = V.Broadcast(phases[(feature * frequencies.Length) + k]);
            V scale = Signed(SimdMath.Power<V, T>(omega, order), order);
            for (int n = 0; n < length; n += V.Count)
            {
                V angle = V.MultiplyAdd(omega, V.Load(in points, n), phase);
                V.Store(scale * Wave(angle, order), ref values, n);
            }

            values = ref Unsafe.Add(ref values, stride);
        }
    }

    /// <summary>∂/∂ω of the derivative of order d, ω^d·sin⁽ᵈ⁾(ωx + φ), is d·ω^(d−1)·sin⁽ᵈ⁾ + ω^d·x·sin⁽ᵈ⁺¹⁾.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void GradientRow<V>(int feature, int order, int length, ref T points, ref T products, int stride, Span<T> gradients)
    {
        for (int k = 0; k < frequencies.Length; k++)
        {
            V omega = V.Broadcast(frequencies[k]), phase = V.Broadcast(phases[(feature * frequencies.Length) + k]), sum = V.Zero;
            V high = Signed(SimdMath.Power<V, T>(omega, order), order + 1);
            V low = order == 0 ? V.Zero : Signed(SimdMath.Constant<V, T>(order) * SimdMath.Power<V, T>(omega, order - 1), order);
            for (int n = 0; n < length; n += V.Count)
            {
                V x = V.Load(in points, n);
                V angle = V.MultiplyAdd(omega, x, phase);
                V slope = high * x * Wave(angle, order + 1);
                if (order > 0)
                    slope = V.MultiplyAdd(low, Wave(angle, order), slope);
                sum = V.MultiplyAdd(V.Load(ref products, n), slope, sum);
            }

            gradients[k] += V.Sum(sum);
            products = ref Unsafe.Add(ref products, stride);
        }
    }

    /// <summary>The derivative of the sine but for its sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Wave<V>(V angle, int order)
        where V : unmanaged, ISimd<V, T> => (order & 1) == 0 ? SimdMath.Sin<V, T>(angle) : SimdMath.Cos<V, T>(angle);

    /// <summary>sin → cos → −sin → −cos.</summary>
    private static V Signed<V>(V factor, int order)
        where V : unmanaged, ISimd<V, T> => (order & 2) == 0 ? factor : -factor;
}
