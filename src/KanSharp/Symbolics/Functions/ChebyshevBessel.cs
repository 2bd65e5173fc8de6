using MathNet.Numerics;

namespace KanSharp.Symbolics.Functions;

/// <summary>
/// J₀ and J₁ as Chebyshev series: in x² up to 8; beyond it the amplitudes P and Q of √(2/πx)·(P·cos χ − Q·sin χ), χ = x − (2ν + 1)π/4, in (8/x)² (C. W. Clenshaw,
/// "Chebyshev series for mathematical functions", 1962). The coefficients are computed once from exact values at the nodes.
/// </summary>
internal sealed class ChebyshevBessel
{
    private const double Split = 8, Negligible = 3e-17;
    private const int InnerTerms = 22, OuterTerms = 18;

    private readonly int _order;
    private readonly double[] _inner, _p, _q;

    private ChebyshevBessel(int order)
    {
        _order = order;

        // J₁ is odd: J₁(x)/x is a function of x².
        _inner = Coefficients(InnerTerms, t =>
        {
            double x = Split * Math.Sqrt((t + 1) / 2);
            return SpecialFunctions.BesselJ(order, x) / (order == 0 ? 1 : x);
        });
        _p = Coefficients(OuterTerms, t => Amplitude(t, sine: false));
        _q = Coefficients(OuterTerms, t => Amplitude(t, sine: true));
    }

    /// <summary>J₀.</summary>
    public static ChebyshevBessel J0 { get; } = new(0);

    /// <summary>J₁.</summary>
    public static ChebyshevBessel J1 { get; } = new(1);

    /// <summary>The value at a finite x of at least 0; absolute error about 10⁻¹⁵ while x is far below 10¹⁵.</summary>
    public double Evaluate(double x)
    {
        if (x <= Split)
        {
            double share = x / Split;
            return Sum(_inner, 2 * share * share - 1) * (_order == 0 ? 1 : x);
        }

        double inverse = Split / x, t = 2 * inverse * inverse - 1;

        // cos and sin of χ from those of x: no rounding of the difference.
        (double sin, double cos) = Math.SinCos(x);
        double cosine = (_order == 0 ? sin + cos : sin - cos) * Math.Sqrt(0.5), sine = (_order == 0 ? sin - cos : -sin - cos) * Math.Sqrt(0.5);
        return Math.Sqrt(2 / (Math.PI * x)) * (Sum(_p, t) * cosine - Sum(_q, t) * inverse * sine);
    }

    private double Amplitude(double t, bool sine)
    {
        double x = Split / Math.Sqrt((t + 1) / 2), phase = x - (2 * _order + 1) * Math.PI / 4;
        double j = SpecialFunctions.BesselJ(_order, x), y = SpecialFunctions.BesselY(_order, x), scale = Math.Sqrt(Math.PI * x / 2);
        return sine
            ? scale * (y * Math.Cos(phase) - j * Math.Sin(phase)) * (x / Split)
            : scale * (j * Math.Cos(phase) + y * Math.Sin(phase));
    }

    private static double Sum(double[] coefficients, double t)
    {
        double a = 0, b = 0;
        for (int k = coefficients.Length - 1; k > 0; k--)
            (a, b) = (2 * t * a - b + coefficients[k], a);
        return t * a - b + coefficients[0] / 2;
    }

    /// <summary>Coefficients of the interpolant at the Chebyshev nodes.</summary>
    private static double[] Coefficients(int terms, Func<double, double> function)
    {
        double[] values = [.. Enumerable.Range(0, terms).Select(j => function(Math.Cos(Math.PI * (j + 0.5) / terms)))];
        double[] coefficients = new double[terms];
        for (int k = 0; k < terms; k++)
        {
            for (int j = 0; j < terms; j++)
                coefficients[k] += 2.0 / terms * values[j] * Math.Cos(Math.PI * k * (j + 0.5) / terms);
        }

        // Those at the end that are rounding only are left out.
        int last = Array.FindLastIndex(coefficients, value => Math.Abs(value) > Negligible);
        return coefficients[..(last + 1)];
    }
}
