using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>Sums over short padded rows, in two chains.</summary>
internal static unsafe class RowSums
{
    /// <summary>Σ x² over planes of function values; 1 more for a bias.</summary>
    public static T SquaredLength<V, T>(T* values, int plane, int from, int to, bool bias)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Dot<V, T>(values + from * plane, values + from * plane, (to - from) * plane) + (bias ? T.One : T.Zero);

    /// <summary>Σ x·y over whole registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Dot<V, T>(T* x, T* y, int count)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V even = V.Zero, odd = V.Zero;
        int n = 0;
        for (; n + 2 * V.Count <= count; n += 2 * V.Count)
        {
            even = V.MultiplyAdd(V.Load(ref x[n], 0), V.Load(ref y[n], 0), even);
            odd = V.MultiplyAdd(V.Load(ref x[n + V.Count], 0), V.Load(ref y[n + V.Count], 0), odd);
        }

        if (n < count)
            even = V.MultiplyAdd(V.Load(ref x[n], 0), V.Load(ref y[n], 0), even);
        return V.Sum(even + odd);
    }
}
