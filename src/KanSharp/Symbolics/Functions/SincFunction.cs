namespace KanSharp.Symbolics.Functions;

/// <summary>
/// sin x / x, 1 at 0. From x·f = sin x follows x·f⁽ⁿ⁾ = sin⁽ⁿ⁾ x − n·f⁽ⁿ⁻¹⁾; below |x| = 1, where that loses digits, Σ (−1)ᵏ x²ᵏ/(2k + 1)!.
/// </summary>
internal readonly struct SincFunction : IScalarFunction
{
    private static readonly double[] Series = PowerSeries.Coefficients(12, k => -1.0 / (2 * k * ((2 * k) + 1)));

    public static double Evaluate(double x, int order)
    {
        if (Math.Abs(x) < 1)
            return PowerSeries.Evaluate(Series, 0, x, order);
        if (double.IsInfinity(x))
            return 0;
        double sin = Math.Sin(x), f = sin / x;
        if (order == 0)
            return f;
        double cos = Math.Cos(x), first = (cos - f) / x;
        if (order == 1)
            return first;
        double second = (-sin - (2 * first)) / x;
        if (order == 2)
            return second;
        double third = (-cos - (3 * second)) / x;
        if (order == 3)
            return third;
        double fourth = (sin - (4 * third)) / x;
        return order == 4 ? fourth : (cos - (5 * fourth)) / x;
    }
}

/// <summary>Power series in x² times x^start, and its derivatives term by term.</summary>
internal static class PowerSeries
{
    /// <summary>c₀ = 1 and c_k = ratio(k)·c_(k−1).</summary>
    public static double[] Coefficients(int count, Func<int, double> ratio)
    {
        double[] c = new double[count];
        c[0] = 1;
        for (int k = 1; k < count; k++)
            c[k] = c[k - 1] * ratio(k);
        return c;
    }

    /// <summary>d^order/dx^order of Σ c_k·x^(start + 2k).</summary>
    public static double Evaluate(ReadOnlySpan<double> coefficients, int start, double x, int order)
    {
        double sum = 0, square = x * x;
        int low = start;
        for (int k = coefficients.Length - 1; k >= 0; k--)
        {
            int n = start + (2 * k);
            if (n < order)
                break;
            double falling = 1;
            for (int i = 0; i < order; i++)
                falling *= n - i;
            sum = (sum * square) + (falling * coefficients[k]);
            low = n;
        }

        // the lowest remaining power is x^(low − order), which is x⁰ or x¹ at first, or x^start
        int rest = low - order;
        for (int i = 0; i < rest; i++)
            sum *= x;
        return sum;
    }
}
