using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>
/// A power series Σ c_k·tᵏ up to t⁵ with registers as coefficients: a function about a point x, with t the distance from it. Its derivative of order k there is k!·c_k.
/// </summary>
[InlineArray(DerivativeOrder.Highest + 1)]
internal struct TaylorSeries<V>
{
    private V _constant;
}

/// <summary>Arithmetic of power series, cut off behind an order that is given: the derivatives of composed functions without formulas for each order.</summary>
internal static class Taylor<V, T>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A constant.</summary>
    public static TaylorSeries<V> Constant(V value)
    {
        TaylorSeries<V> series = default;
        series[0] = value;
        return series;
    }

    /// <summary>The derivative of an order at the point itself.</summary>
    public static V Derivative(in TaylorSeries<V> series, int order)
    {
        int factorial = 1;
        for (int k = 2; k <= order; k++)
            factorial *= k;
        return SimdMath.Constant<V, T>(factorial) * series[order];
    }

    /// <summary>series ← (constant + slope·t)·series.</summary>
    public static void MultiplyLine(ref TaylorSeries<V> series, V constant, V slope, int order)
    {
        for (int k = order; k > 0; k--)
            series[k] = V.MultiplyAdd(constant, series[k], slope * series[k - 1]);
        series[0] *= constant;
    }

    /// <summary>series ← series + factor·other.</summary>
    public static void AddScaled(ref TaylorSeries<V> series, V factor, in TaylorSeries<V> other, int order)
    {
        for (int k = 0; k <= order; k++)
            series[k] = V.MultiplyAdd(factor, other[k], series[k]);
    }

    /// <summary>The product of two functions.</summary>
    public static TaylorSeries<V> Multiply(in TaylorSeries<V> left, in TaylorSeries<V> right, int order)
    {
        TaylorSeries<V> product = default;
        for (int k = 0; k <= order; k++)
        {
            V sum = left[0] * right[k];
            for (int j = 1; j <= k; j++)
                sum = V.MultiplyAdd(left[j], right[k - j], sum);
            product[k] = sum;
        }

        return product;
    }

    /// <summary>The quotient of two functions: q_k = (n_k − Σ_{j&gt;0} d_j·q_{k−j})/d_0.</summary>
    public static TaylorSeries<V> Divide(in TaylorSeries<V> numerator, in TaylorSeries<V> denominator, int order)
    {
        TaylorSeries<V> quotient = default;
        for (int k = 0; k <= order; k++)
        {
            V rest = numerator[k];
            for (int j = 1; j <= k; j++)
                rest = V.MultiplyAdd(-denominator[j], quotient[k - j], rest);
            quotient[k] = rest / denominator[0];
        }

        return quotient;
    }

    /// <summary>Sine and cosine of a function θ: with S′ = C·θ′ and C′ = −S·θ′ follows k·s_k = Σ j·θ_j·c_{k−j}, k·c_k = −Σ j·θ_j·s_{k−j}.</summary>
    public static void SineCosine(in TaylorSeries<V> angle, int order, out TaylorSeries<V> sine, out TaylorSeries<V> cosine)
    {
        sine = Constant(SimdMath.Sin<V, T>(angle[0]));
        cosine = Constant(SimdMath.Cos<V, T>(angle[0]));
        for (int k = 1; k <= order; k++)
        {
            V s = V.Zero, c = V.Zero;
            for (int j = 1; j <= k; j++)
            {
                V slope = SimdMath.Constant<V, T>((double)j / k) * angle[j];
                s = V.MultiplyAdd(slope, cosine[k - j], s);
                c = V.MultiplyAdd(-slope, sine[k - j], c);
            }

            sine[k] = s;
            cosine[k] = c;
        }
    }
}
