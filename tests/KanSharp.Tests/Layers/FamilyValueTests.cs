using KanSharp.Bases;
using static KanSharp.Tests.Layers.FamilyFunctions;

namespace KanSharp.Tests.Layers;

/// <summary>The functions of every family against closed forms that share no recurrence with them, and against published values.</summary>
public class FamilyValueTests
{
    private static readonly double[] s_places = [-0.97, -0.4, 0.02, 0.3, 0.77, 1];

    [Theory]
    [InlineData(PolynomialKind.Chebyshev)]
    [InlineData(PolynomialKind.Chebyshev2)]
    [InlineData(PolynomialKind.Legendre)]
    [InlineData(PolynomialKind.Jacobi)]
    [InlineData(PolynomialKind.Gegenbauer)]
    [InlineData(PolynomialKind.Hermite)]
    [InlineData(PolynomialKind.Laguerre)]
    [InlineData(PolynomialKind.Monomial)]
    public void Polynomials_are_their_explicit_sums(PolynomialKind kind)
    {
        var options = new PolynomialOptions { Kind = kind, Degree = 7, Alpha = kind == PolynomialKind.Laguerre ? 0.5 : 1.5, Beta = 0.25 };
        foreach (double x in s_places)
        {
            double[] values = At(options, x);
            for (int n = 0; n <= 7; n++)
                Assert.Equal(Explicit(options, n, x), values[n], 1e-11 * Math.Max(1, Math.Abs(values[n])));
        }
    }

    [Fact]
    public void Jacobi_values_are_the_published_ones()
    {
        Near([1, 0.6, -0.4125, -0.711, -0.05619], At(new PolynomialOptions { Kind = PolynomialKind.Jacobi }, 0.3), 5e-6);
        Near([1, 0.775, -0.20906, -0.70723, -0.23452], At(new PolynomialOptions { Kind = PolynomialKind.Jacobi, Beta = 0.5 }, 0.3), 5e-6);
    }

    [Fact]
    public void Fresh_Gram_polynomials_are_monic_Legendre()
    {
        foreach (double x in s_places)
        {
            double[] values = At(new GramOptions { Degree = 6 }, x);
            for (int n = 0; n <= 6; n++)
            {
                double leading = Factorial(2 * n) / (Math.Pow(2, n) * Factorial(n) * Factorial(n));
                Assert.Equal(Explicit(new PolynomialOptions { Kind = PolynomialKind.Legendre, Degree = 6 }, n, x) / leading, values[n], 1e-14);
            }
        }
    }

    [Fact]
    public void Waves_are_sines_and_cosines()
    {
        foreach (double x in (double[])[-3, -0.4, 0, 1.3, 2.9])
        {
            double[] waves = At(new FourierOptions { Frequencies = 9, Frequency = 1.5 }, x);
            for (int k = 1; k <= 9; k++)
            {
                Assert.Equal(Math.Cos(1.5 * k * x), waves[k - 1], 1e-14);
                Assert.Equal(Math.Sin(1.5 * k * x), waves[k + 8], 1e-14);
            }

            double[] sines = At(new SineOptions { Frequencies = 3 }, x);
            double ratio = (0.9724108 + 0.9994496) * (0.9724108 * Math.Pow(2, -0.9884402) + 0.9994496);
            for (int k = 1; k <= 3; k++)
                Assert.Equal(Math.Sin((k / 4.0 * x) + (k / 4.0 * ratio)), sines[k - 1], 1e-14);
        }
    }

    [Fact]
    public void Bells_are_squared_hyperbolic_secants()
    {
        double[] values = At(new Sech2Options { Centers = 5, Low = -1, High = 1, InverseWidth = 3 }, 0.3);
        for (int n = 0; n < 5; n++)
            Assert.Equal(1 / Math.Pow(Math.Cosh(3 * (0.3 - (-1 + (0.5 * n)))), 2), values[n], 1e-14);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Bumps_are_powers_of_a_product_of_two_ramps(int power)
    {
        var options = new ReluBumpOptions { Intervals = 6, Span = 2, Low = -2, High = 1, Power = power };
        foreach (double x in (double[])[-3.5, -2, -1.99, -0.3, 0.6, 1.4, 2.2])
        {
            double[] values = At(options, x);
            for (int n = 0; n < 8; n++)
            {
                double s = -2 + (0.5 * (n - 2)), e = s + 1.5;
                double expected = Math.Pow(4 / 2.25 * Math.Max(0, e - x) * Math.Max(0, x - s), 2 * power);
                Assert.Equal(expected, values[n], 1e-14);
            }
        }
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(6, 2)]
    [InlineData(9, 1)]
    [InlineData(8, 6)]
    public void Fixed_bumps_run_through_the_local_kernel_and_are_the_same(int intervals, int span)
    {
        var trained = new ReluBumpOptions { Intervals = intervals, Span = span, Low = -1, High = 2 };
        Assert.True((trained with { TrainPhases = false }).IsLocal);
        foreach (double x in (double[])[-3, -1.4, -1, -0.99, 0, 0.37, 1.2, 2, 2.7, 5])
            Near(At(trained, x), At(trained with { TrainPhases = false }, x), 1e-13);
    }

    [Fact]
    public void Published_bumps_have_the_published_height_and_sum()
    {
        var options = new ReluBumpOptions();
        Assert.Equal(6.25, options.StartHeight, 1e-12);
        Assert.Equal(1, At(options, 0.4)[3], 1e-14);
        for (double x = 0; x <= 1; x += 0.01)
            Assert.InRange(At(options, x).Sum(), 2.125 - 1e-9, 2.1407);
    }

    [Fact]
    public void Sums_of_other_functions_are_as_published()
    {
        var spline = new BSplineOptions { Outside = OutsideGrid.Zero };
        foreach ((double x, double sum) in new[] { (0.3, 1), (1.2, 0.9792), (1.39, 0.8455), (-1.05, 0.9997), (2.2, 0.0) })
            Assert.Equal(sum, At(spline, x).Sum(), 5e-5);
        for (double x = -1.5; x <= 1.5; x += 0.05)
            Assert.InRange(At(new GaussianOptions(), x).Sum(), 1.7426 - 1e-4, 1.7726 + 1e-4);
        Assert.Equal(1.3863, At(new GaussianOptions(), 2).Sum(), 5e-5);
        double[] both = At(new SplineGaussianOptions(), 0.4), splines = At(new BSplineOptions { Low = -1.5, High = 1.5, Outside = OutsideGrid.Zero }, 0.4), bells = At(new GaussianOptions { Low = -1.5, High = 1.5 }, 0.4);
        Near([.. splines.Zip(bells, (left, right) => left + right)], both, 1e-14);
    }

    [Theory]
    [InlineData(RationalStart.Swish, 1.2e-6)]
    [InlineData(RationalStart.Gelu, 0.0038)]
    [InlineData(RationalStart.Identity, 0)]
    public void Rationals_start_as_the_function_of_their_name(RationalStart start, double tolerance)
    {
        for (double x = -3; x <= 3; x += 0.05)
        {
            double expected = start switch
            {
                RationalStart.Swish => x / (1 + Math.Exp(-x)),
                RationalStart.Gelu => 0.5 * x * (1 + MathNet.Numerics.SpecialFunctions.Erf(x / Math.Sqrt(2))),
                _ => x,
            };
            Assert.Equal(expected, At(new RationalOptions { Start = start }, x)[0], tolerance);
        }

        var options = new RationalOptions { Start = start };
        double mean = Integral(z => Math.Pow(At(options, z)[0], 2) * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI), 8, 400);
        Assert.Equal(options.MeanSquare(), mean, 1e-4);
    }

    private static double Explicit(PolynomialOptions options, int n, double x)
    {
        double a = options.Alpha, b = options.Beta, sum = 0;
        switch (options.Kind)
        {
            case PolynomialKind.Chebyshev:
                return Math.Cos(n * Math.Acos(x));
            case PolynomialKind.Chebyshev2:
                return x == 1 ? n + 1 : Math.Sin((n + 1) * Math.Acos(x)) / Math.Sin(Math.Acos(x));
            case PolynomialKind.Legendre:
                for (int k = 0; k <= n; k++)
                    sum += Math.Pow(Binomial(n, k), 2) * Math.Pow(x - 1, n - k) * Math.Pow(x + 1, k) / Math.Pow(2, n);
                return sum;
            case PolynomialKind.Jacobi:
                for (int k = 0; k <= n; k++)
                    sum += Binomial(n + a, n - k) * Binomial(n + b, k) * Math.Pow((x - 1) / 2, k) * Math.Pow((x + 1) / 2, n - k);
                return sum;
            case PolynomialKind.Gegenbauer:
                for (int k = 0; k <= n / 2; k++)
                    sum += Math.Pow(-1, k) * Rising(a, n - k) / (Factorial(k) * Factorial(n - (2 * k))) * Math.Pow(2 * x, n - (2 * k));
                return sum;
            case PolynomialKind.Hermite:
                for (int m = 0; m <= n / 2; m++)
                    sum += Factorial(n) * Math.Pow(-1, m) / (Factorial(m) * Factorial(n - (2 * m))) * Math.Pow(2 * x, n - (2 * m));
                return sum;
            case PolynomialKind.Laguerre:
                for (int i = 0; i <= n; i++)
                    sum += Math.Pow(-1, i) * Binomial(n + a, n - i) * Math.Pow(x, i) / Factorial(i);
                return sum;
            default:
                return Math.Pow(x, n);
        }
    }

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], actual[index], tolerance);
    }
}
