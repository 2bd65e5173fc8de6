namespace KanSharp.Symbolics.Functions;

/// <summary>
/// Bessel function J₀. J₀′ = −J₁, J₀″ = J₁/x − J₀, J₀‴ = J₀/x − 2J₁/x² + J₁; below |x| = 1 the power series Σ (−1)ᵏ (x/2)²ᵏ/k!².
/// </summary>
internal readonly struct BesselJ0Function : IScalarFunction
{
    private static readonly double[] Series = PowerSeries.Coefficients(11, k => -0.25 / ((double)k * k));

    public static double Evaluate(double x, int order)
    {
        if (Math.Abs(x) < 1)
            return PowerSeries.Evaluate(Series, 0, x, order);
        return order switch
        {
            0 => Bessel.J0(x),
            1 => -Bessel.J1(x),
            2 => (Bessel.J1(x) / x) - Bessel.J0(x),
            _ => (Bessel.J0(x) / x) + (Bessel.J1(x) * (1 - (2 / (x * x)))),
        };
    }
}

/// <summary>
/// Bessel function J₁. J₁′ = J₀ − J₁/x, J₁″ = −J₀‴ − … from Bessel's equation; below |x| = 1 the power series Σ (−1)ᵏ (x/2)²ᵏ⁺¹/(k!(k + 1)!).
/// </summary>
internal readonly struct BesselJ1Function : IScalarFunction
{
    private static readonly double[] Series = Halved(PowerSeries.Coefficients(11, k => -0.25 / ((double)k * (k + 1))));

    public static double Evaluate(double x, int order)
    {
        if (Math.Abs(x) < 1)
            return PowerSeries.Evaluate(Series, 1, x, order);
        double j0 = Bessel.J0(x), j1 = Bessel.J1(x), r = 1 / x;
        return order switch
        {
            0 => j1,
            1 => j0 - (j1 * r),
            2 => (j1 * ((2 * r * r) - 1)) - (j0 * r),
            _ => (j0 * ((3 * r * r) - 1)) + (j1 * ((2 * r) - (6 * r * r * r))),
        };
    }

    private static double[] Halved(double[] coefficients) => [.. coefficients.Select(c => c / 2)];
}

/// <summary>J₀ and J₁ beyond the power series.</summary>
internal static class Bessel
{
    public static double J0(double x) => double.IsFinite(x) ? ChebyshevBessel.J0.Evaluate(Math.Abs(x)) : Limit(x);

    public static double J1(double x) => double.IsFinite(x) ? Math.CopySign(1, x) * ChebyshevBessel.J1.Evaluate(Math.Abs(x)) : Limit(x);

    private static double Limit(double x) => double.IsNaN(x) ? x : 0;
}
