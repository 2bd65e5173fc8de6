using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// The function of <see cref="RationalOptions"/>. From P = F·Q: F′ = (P′ − F·Q′)/Q, F″ = (P″ − 2F′Q′ − F·Q″)/Q, F‴ = (P‴ − 3F″Q′ − 3F′Q″ − F·Q‴)/Q, and so on,
/// which is the division of power series. Along its coefficients ∂F/∂a_n = xⁿ/Q and ∂F/∂b_n = −sign(b_n)·|x|ⁿ·F/Q.
/// </summary>
/// <param name="numerator">a, [6], read at every evaluation.</param>
/// <param name="denominators">b, [groups, 4].</param>
/// <param name="groups">Number of each feature's group.</param>
internal sealed class RationalBasis<T>(T[] numerator, T[] denominators, T[] groups) : RowBasis<T>(1)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Top = RationalOptions.NumeratorLength - 1;
    private const int Bottom = RationalOptions.DenominatorLength;

    public override int SharedParameters => numerator.Length + denominators.Length;

    private int Denominator(int feature) => int.CreateTruncating(groups[feature]) * Bottom;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Row<V>(int feature, int order, int length, ref T points, ref T values, int stride)
    {
        int at = Denominator(feature);
        if (order > 3)
        {
            HighRow<V>(at, order, length, ref points, ref values);
            return;
        }

        for (int n = 0; n < length; n += V.Count)
        {
            V x = V.Load(in points, n);
            (V sign, V magnitude) = Split(x);
            V q = OfDenominator(magnitude, sign, at, 0), f = OfNumerator(x, 0) / q;
            V result = f;
            if (order > 0)
            {
                V q1 = OfDenominator(magnitude, sign, at, 1), f1 = (OfNumerator(x, 1) - f * q1) / q;
                result = f1;
                if (order > 1)
                {
                    V two = SimdMath.Constant<V, T>(2), three = SimdMath.Constant<V, T>(3);
                    V q2 = OfDenominator(magnitude, sign, at, 2), f2 = (OfNumerator(x, 2) - two * f1 * q1 - f * q2) / q;
                    result = order == 2 ? f2 : (OfNumerator(x, 3) - three * (f2 * q1 + f1 * q2) - f * OfDenominator(magnitude, sign, at, 3)) / q;
                }
            }

            V.Store(result, ref values, n);
        }
    }

    private void HighRow<V>(int at, int order, int length, ref T points, ref T values)
        where V : unmanaged, ISimd<V, T>
    {
        for (int n = 0; n < length; n += V.Count)
        {
            V x = V.Load(in points, n);
            (V sign, V magnitude) = Split(x);
            TaylorSeries<V> function = Taylor<V, T>.Divide(Numerator(x, order), Denominator(magnitude, sign, at, order), order);
            V.Store(Taylor<V, T>.Derivative(function, order), ref values, n);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void GradientRow<V>(int feature, int order, int length, ref T points, ref T products, int stride, Span<T> gradients)
    {
        int at = Denominator(feature);
        for (int n = 0; n < length; n += V.Count)
        {
            V x = V.Load(in points, n), g = V.Load(ref products, n);
            (V sign, V magnitude) = Split(x);
            V q = OfDenominator(magnitude, sign, at, 0), f = OfNumerator(x, 0) / q, weight = g / q;
            if (order == 0)
            {
                AddPowers(x, weight, gradients[..numerator.Length], 0);
                AddPowers(magnitude, -(weight * f), gradients.Slice(numerator.Length + at, Bottom), 1, at);
                continue;
            }

            if (order > 1)
            {
                HighGradient(x, magnitude, sign, g, order, at, gradients);
                continue;
            }

            // d/dx of xⁿ/Q is n·xⁿ⁻¹/Q − xⁿ·Q′/Q²
            V q1 = OfDenominator(magnitude, sign, at, 1), f1 = (OfNumerator(x, 1) - f * q1) / q, ratio = q1 / q;
            AddPowers(x, -(weight * ratio), gradients[..numerator.Length], 0);
            AddSlopes(x, weight, gradients[..numerator.Length], 0);
            Span<T> own = gradients.Slice(numerator.Length + at, Bottom);
            AddPowers(magnitude, -(weight * (f1 - f * ratio)), own, 1, at);
            AddSlopes(magnitude, -(weight * f * sign), own, 1, at);
        }
    }

    /// <summary>Along the coefficients the same factors xⁿ and |x|ⁿ, as power series.</summary>
    private void HighGradient<V>(V x, V magnitude, V sign, V g, int order, int at, Span<T> gradients)
        where V : unmanaged, ISimd<V, T>
    {
        V one = SimdMath.Constant<V, T>(1);
        TaylorSeries<V> along = Taylor<V, T>.Divide(Taylor<V, T>.Constant(one), Denominator(magnitude, sign, at, order), order);
        TaylorSeries<V> below = Taylor<V, T>.Multiply(Taylor<V, T>.Multiply(Numerator(x, order), along, order), along, order);
        for (int n = 0; n < numerator.Length; n++)
        {
            gradients[n] += V.Sum(g * Taylor<V, T>.Derivative(along, order));
            Taylor<V, T>.MultiplyLine(ref along, x, one, order);
        }

        for (int n = 0; n < Bottom; n++)
        {
            Taylor<V, T>.MultiplyLine(ref below, magnitude, sign, order);
            gradients[numerator.Length + at + n] -= SignOf(at, n) * V.Sum(g * Taylor<V, T>.Derivative(below, order));
        }
    }

    private TaylorSeries<V> Numerator<V>(V x, int order)
        where V : unmanaged, ISimd<V, T>
    {
        TaylorSeries<V> series = default;
        double factorial = 1;
        for (int k = 0; k <= order; factorial *= ++k)
            series[k] = SimdMath.Constant<V, T>(1 / factorial) * OfNumerator(x, k);
        return series;
    }

    private TaylorSeries<V> Denominator<V>(V magnitude, V sign, int at, int order)
        where V : unmanaged, ISimd<V, T>
    {
        TaylorSeries<V> series = default;
        double factorial = 1;
        for (int k = 0; k <= order; factorial *= ++k)
            series[k] = SimdMath.Constant<V, T>(1 / factorial) * OfDenominator(magnitude, sign, at, k);
        return series;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Sign, V Magnitude) Split<V>(V x)
        where V : unmanaged, ISimd<V, T>
    {
        V one = SimdMath.Constant<V, T>(1);
        V sign = V.Select(V.LessThan(x, V.Zero), -one, V.Select(V.LessThan(V.Zero, x), one, V.Zero));
        return (sign, V.Abs(x));
    }

    /// <summary>A derivative of P.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V OfNumerator<V>(V x, int order)
        where V : unmanaged, ISimd<V, T>
    {
        V sum = V.Zero;
        for (int n = Top; n >= order; n--)
            sum = V.MultiplyAdd(sum, x, V.Broadcast(numerator[n] * Falling(n, order)));
        return sum;
    }

    /// <summary>A derivative of Q; odd ones change sign with x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V OfDenominator<V>(V magnitude, V sign, int at, int order)
        where V : unmanaged, ISimd<V, T>
    {
        V sum = V.Zero;
        for (int n = Bottom; n >= Math.Max(order, 1); n--)
            sum = V.MultiplyAdd(sum, magnitude, V.Broadcast(T.Abs(denominators[at + n - 1]) * Falling(n, order)));
        if (order == 0)
            return V.MultiplyAdd(sum, magnitude, SimdMath.Constant<V, T>(1));
        return (order & 1) == 1 ? sum * sign : sum;
    }

    /// <summary>n·(n − 1)·… with so many factors.</summary>
    private static T Falling(int n, int factors)
    {
        int product = 1;
        for (int index = 0; index < factors; index++)
            product *= n - index;
        return T.CreateTruncating(product);
    }

    /// <summary>gradients[n] += sign_n·Σ weight·x^(n + first); the sign is that of the denominator's coefficient, 1 for the numerator.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddPowers<V>(V x, V weight, Span<T> gradients, int first, int at = -1)
        where V : unmanaged, ISimd<V, T>
    {
        V power = first == 0 ? weight : weight * x;
        for (int n = 0; n < gradients.Length; n++)
        {
            gradients[n] += SignOf(at, n) * V.Sum(power);
            power *= x;
        }
    }

    /// <summary>gradients[n] += sign_n·Σ weight·(n + first)·x^(n + first − 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddSlopes<V>(V x, V weight, Span<T> gradients, int first, int at = -1)
        where V : unmanaged, ISimd<V, T>
    {
        V power = weight;
        for (int n = 1 - first; n < gradients.Length; n++)
        {
            gradients[n] += SignOf(at, n) * T.CreateTruncating(n + first) * V.Sum(power);
            power *= x;
        }
    }

    private T SignOf(int at, int n) => at < 0 ? T.One : T.CreateTruncating(T.Sign(denominators[at + n]));
}
