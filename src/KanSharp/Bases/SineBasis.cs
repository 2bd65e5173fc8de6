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
            V scale = order == 0 ? SimdMath.Constant<V, T>(1) : order == 1 ? omega : order == 2 ? -(omega * omega) : -(omega * omega * omega);
            for (int n = 0; n < length; n += V.Count)
            {
                V angle = V.MultiplyAdd(omega, V.Load(in points, n), phase);
                V.Store(scale * ((order & 1) == 0 ? SimdMath.Sin<V, T>(angle) : SimdMath.Cos<V, T>(angle)), ref values, n);
            }

            values = ref Unsafe.Add(ref values, stride);
        }
    }

    /// <summary>∂/∂ω of sin(ωx + φ) is x·cos, of its derivative ω·cos it is cos − ω·x·sin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void GradientRow<V>(int feature, int order, int length, ref T points, ref T products, int stride, Span<T> gradients)
    {
        for (int k = 0; k < frequencies.Length; k++)
        {
            V omega = V.Broadcast(frequencies[k]), phase = V.Broadcast(phases[(feature * frequencies.Length) + k]), sum = V.Zero;
            for (int n = 0; n < length; n += V.Count)
            {
                V x = V.Load(in points, n);
                V angle = V.MultiplyAdd(omega, x, phase);
                V slope = SimdMath.Cos<V, T>(angle);
                slope = order == 0 ? x * slope : slope - omega * x * SimdMath.Sin<V, T>(angle);
                sum = V.MultiplyAdd(V.Load(ref products, n), slope, sum);
            }

            gradients[k] += V.Sum(sum);
            products = ref Unsafe.Add(ref products, stride);
        }
    }
}
