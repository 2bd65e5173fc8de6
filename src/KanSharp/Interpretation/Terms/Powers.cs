namespace KanSharp.Interpretation.Terms;

/// <summary>Powers of columns; the common exponents avoid <see cref="Math.Pow"/>.</summary>
internal static class Powers
{
    /// <summary>x^p; NaN where that is not real.</summary>
    public static double Of(double x, double p) => p switch
    {
        1 => x,
        2 => x * x,
        3 => x * x * x,
        -1 => 1 / x,
        -2 => 1 / (x * x),
        0.5 => Math.Sqrt(x),
        -0.5 => 1 / Math.Sqrt(x),
        4 => x * x * (x * x),
        _ => Math.Pow(x, p),
    };

    /// <summary>target *= x^p.</summary>
    public static void Multiply(ReadOnlySpan<double> x, double p, Span<double> target)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] *= Of(x[i], p);
    }

    /// <summary>The number nearest to <paramref name="p"/> among halves and thirds; halves are preferred.</summary>
    public static double Nearest(double p)
    {
        double half = Math.Round(2 * p) / 2, third = Math.Round(3 * p) / 3;
        return Math.Abs(p - third) < 0.3 * Math.Abs(p - half) ? third : half;
    }
}
