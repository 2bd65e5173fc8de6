using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// Gaussians φ_j(x) = e^(−u²), u = (x − g_j)/h, with centres g_j evenly from low to high (FastKAN, Li, arXiv 2405.06721). The derivatives
/// are (−1/h)^d·H_d(u)·φ_j with the Hermite polynomials H_{n+1} = 2u·H_n − 2n·H_{n−1}.
/// </summary>
internal sealed class GaussianBasis<T> : GlobalBasis<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _centres;
    private readonly T _inverseWidth;

    /// <summary>Creates the family.</summary>
    /// <param name="low">First centre.</param>
    /// <param name="high">Last centre, above <paramref name="low"/>.</param>
    /// <param name="count">Number of centres, at least 2.</param>
    /// <param name="width">h; the distance of the centres by default.</param>
    public GaussianBasis(double low, double high, int count, double? width = null)
        : base(count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(high, low);
        double spacing = (high - low) / (count - 1);
        double h = width ?? spacing;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(h, nameof(width));
        _centres = new T[count];
        for (int j = 0; j < count; j++)
            _centres[j] = T.CreateTruncating(low + (j * spacing));
        _inverseWidth = T.CreateTruncating(1 / h);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate<V>(in BasisBlock<T> block)
    {
        ref T values = ref block.Values;
        for (int feature = 0; feature < block.Features; feature++)
        {
            ref T points = ref Unsafe.Add(ref block.Points, (nint)feature * block.PointStride);
            for (int n = 0; n < block.Length; n += V.Count)
            {
                if (block.Order == 0)
                    Values(V.Load(in points, n), ref Unsafe.Add(ref values, n), block.ValueStride);
                else
                    Derivatives(V.Load(in points, n), block.Order, ref Unsafe.Add(ref values, n), block.ValueStride);
            }

            values = ref Unsafe.Add(ref values, (nint)Count * block.ValueStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Values<V>(V x, ref T target, int stride)
        where V : unmanaged, ISimd<V, T>
    {
        V inverse = V.Broadcast(_inverseWidth);
        nint at = 0;
        foreach (T centre in _centres)
        {
            V u = (x - V.Broadcast(centre)) * inverse;
            V.Store(SimdMath.ExpOfNegative<V, T>(-(u * u)), ref target, at);
            at += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Derivatives<V>(V x, int order, ref T target, int stride)
        where V : unmanaged, ISimd<V, T>
    {
        V inverse = V.Broadcast(_inverseWidth);
        // Beyond u = 40 the exponential is 0 in every precision; the limit keeps ∞·0 out.
        V limit = SimdMath.Constant<V, T>(40);
        nint at = 0;
        foreach (T centre in _centres)
        {
            V u = V.Max(V.Min((x - V.Broadcast(centre)) * inverse, limit), -limit);
            V.Store(SimdMath.ExpOfNegative<V, T>(-(u * u)) * Factor(u, inverse, order), ref target, at);
            at += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Factor<V>(V u, V inverse, int order)
        where V : unmanaged, ISimd<V, T>
    {
        V first = SimdMath.Constant<V, T>(-2) * u;
        if (order == 1)
            return first * inverse;
        if (order == 2)
            return V.MultiplyAdd(first, first, SimdMath.Constant<V, T>(-2)) * inverse * inverse;
        if (order == 3)
            return V.MultiplyAdd(first, first, SimdMath.Constant<V, T>(-6)) * first * inverse * inverse * inverse;
        V square = first * first, quarter = inverse * inverse * inverse * inverse;
        if (order == 4)
            return V.MultiplyAdd(square - SimdMath.Constant<V, T>(12), square, SimdMath.Constant<V, T>(12)) * quarter;
        return V.MultiplyAdd(square - SimdMath.Constant<V, T>(20), square, SimdMath.Constant<V, T>(60)) * first * quarter * inverse;
    }
}
