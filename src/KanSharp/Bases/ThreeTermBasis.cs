using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// Polynomials by a three-term recurrence, P_0 = 1, P_{n+1} = (a_n·x + b_n)·P_n − c_n·P_{n−1}. Differentiated d times it reads
/// P⁽ᵈ⁾_{n+1} = (a_n·x + b_n)·P⁽ᵈ⁾_n + d·a_n·P⁽ᵈ⁻¹⁾_n − c_n·P⁽ᵈ⁾_{n−1}, so derivatives need neither division nor trigonometry and are exact at
/// ±1, where the arccosine form of Chebyshev's polynomials gives NaN.
/// </summary>
internal sealed class ThreeTermBasis<T> : GlobalBasis<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (T A, T B, T C)[] _steps;

    /// <summary>Creates the family from the coefficients of its recurrence, one step per degree above 0.</summary>
    public ThreeTermBasis(ReadOnlySpan<(double A, double B, double C)> steps)
        : base(steps.Length + 1)
    {
        _steps = new (T, T, T)[steps.Length];
        for (int n = 0; n < steps.Length; n++)
            _steps[n] = (T.CreateTruncating(steps[n].A), T.CreateTruncating(steps[n].B), T.CreateTruncating(steps[n].C));
    }

    /// <summary>Chebyshev polynomials of the first kind T_0 to T_degree: T_1 = x, T_{n+1} = 2x·T_n − T_{n−1}.</summary>
    public static ThreeTermBasis<T> Chebyshev(int degree)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        var steps = new (double A, double B, double C)[degree];
        Array.Fill(steps, (2, 0, 1));
        steps[0] = (1, 0, 0);
        return new ThreeTermBasis<T>(steps);
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
                else if (block.Order <= 3)
                    Derivatives(V.Load(in points, n), block.Order, ref Unsafe.Add(ref values, n), block.ValueStride);
                else
                    HighDerivatives(V.Load(in points, n), block.Order, ref Unsafe.Add(ref values, n), block.ValueStride);
            }

            values = ref Unsafe.Add(ref values, (nint)Count * block.ValueStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Values<V>(V x, ref T target, int stride)
        where V : unmanaged, ISimd<V, T>
    {
        V before = V.Zero, p = SimdMath.Constant<V, T>(1);
        V.Store(p, ref target, 0);
        nint at = stride;
        foreach ((T a, T b, T c) in _steps)
        {
            V factor = V.MultiplyAdd(V.Broadcast(a), x, V.Broadcast(b));
            V next = V.MultiplyAdd(factor, p, -(V.Broadcast(c) * before));
            (before, p) = (p, next);
            V.Store(p, ref target, at);
            at += stride;
        }
    }

    /// <summary>All derivatives up to the third side by side; the one asked for is stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Derivatives<V>(V x, int order, ref T target, int stride)
        where V : unmanaged, ISimd<V, T>
    {
        V before0 = V.Zero, before1 = V.Zero, before2 = V.Zero, before3 = V.Zero;
        V p0 = SimdMath.Constant<V, T>(1), p1 = V.Zero, p2 = V.Zero, p3 = V.Zero;
        V.Store(V.Zero, ref target, 0);
        nint at = stride;
        foreach ((T scale, T b, T constant) in _steps)
        {
            V a = V.Broadcast(scale), c = -V.Broadcast(constant);
            V factor = V.MultiplyAdd(a, x, V.Broadcast(b));
            if (order > 2)
            {
                V next3 = V.MultiplyAdd(factor, p3, V.MultiplyAdd(SimdMath.Constant<V, T>(3) * a, p2, c * before3));
                (before3, p3) = (p3, next3);
            }

            if (order > 1)
            {
                V next2 = V.MultiplyAdd(factor, p2, V.MultiplyAdd(a + a, p1, c * before2));
                (before2, p2) = (p2, next2);
            }

            V next1 = V.MultiplyAdd(factor, p1, V.MultiplyAdd(a, p0, c * before1));
            (before1, p1) = (p1, next1);
            V next0 = V.MultiplyAdd(factor, p0, c * before0);
            (before0, p0) = (p0, next0);
            V.Store(order == 1 ? p1 : order == 2 ? p2 : p3, ref target, at);
            at += stride;
        }
    }

    /// <summary>The recurrence on power series.</summary>
    private void HighDerivatives<V>(V x, int order, ref T target, int stride)
        where V : unmanaged, ISimd<V, T>
    {
        TaylorSeries<V> before = default, p = Taylor<V, T>.Constant(SimdMath.Constant<V, T>(1));
        V.Store(V.Zero, ref target, 0);
        nint at = stride;
        foreach ((T scale, T b, T constant) in _steps)
        {
            V a = V.Broadcast(scale);
            TaylorSeries<V> next = p;
            Taylor<V, T>.MultiplyLine(ref next, V.MultiplyAdd(a, x, V.Broadcast(b)), a, order);
            Taylor<V, T>.AddScaled(ref next, -V.Broadcast(constant), before, order);
            (before, p) = (p, next);
            V.Store(Taylor<V, T>.Derivative(p, order), ref target, at);
            at += stride;
        }
    }
}
