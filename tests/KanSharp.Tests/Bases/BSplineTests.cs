using System.Numerics;
using KanSharp.Bases;

namespace KanSharp.Tests.Bases;

/// <summary>Values and derivatives inside the grid against the textbook recursion, and the properties every B-spline basis has.</summary>
public class BSplineTests
{
    public static TheoryData<int> Degrees => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Degrees))]
    public void EqualsCoxDeBoorInDouble(int degree) => EqualsCoxDeBoor<double>(degree, 3e-14);

    [Theory]
    [MemberData(nameof(Degrees))]
    public void EqualsCoxDeBoorInFloat(int degree) => EqualsCoxDeBoor<float>(degree, 2e-5);

    [Theory]
    [MemberData(nameof(Degrees))]
    public void SumsToOneWithAtMostDegreePlusOneFunctions(int degree)
    {
        Check<double>(1e-13);
        Check<float>(2e-5);

        void Check<T>(double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            foreach (T[] knots in Rows<T>(degree))
            {
                var basis = new BSpline<T>(knots, degree);
                var values = new T[basis.Count];
                foreach (T x in KnotRows.Points(knots, degree, 40, new Random(degree)))
                {
                    basis.Evaluate(x, values);
                    int cell = degree;
                    while (x >= knots[cell + 1])
                        cell++;
                    double sum = 0;
                    for (int i = 0; i < values.Length; i++)
                    {
                        sum += double.CreateTruncating(values[i]);
                        Assert.True(values[i] == T.Zero || (i >= cell - degree && i <= cell), $"function {i} is {values[i]} at {x} in cell {cell}");
                        Assert.True(double.CreateTruncating(values[i]) > -tolerance);
                    }

                    Assert.Equal(1, sum, tolerance);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void DerivativesAreDifferencesOfLowerOrders(int degree)
    {
        double[] knots = KnotRows.Random<double>(6, degree, 1, new Random(degree));
        var basis = new BSpline<double>(knots, degree);
        double[] above = new double[basis.Count], below = new double[basis.Count], derivative = new double[basis.Count];
        const double Step = 1e-5;
        for (int cell = degree; cell < degree + 6; cell++)
        {
            double x = 0.3 * knots[cell] + 0.7 * knots[cell + 1];
            for (int order = 1; order <= 5; order++)
            {
                basis.Evaluate(x + Step, above, order - 1);
                basis.Evaluate(x - Step, below, order - 1);
                basis.Evaluate(x, derivative, order);
                for (int i = 0; i < basis.Count; i++)
                    Assert.Equal((above[i] - below[i]) / (2 * Step), derivative[i], 2e-6 * Math.Pow(degree * 3, order));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void DerivativesBelowTheDegreeAreContinuousAtSimpleKnots(int degree)
    {
        double[] knots = KnotRows.Random<double>(7, degree, 1, new Random(10 + degree));
        var basis = new BSpline<double>(knots, degree);
        double[] left = new double[basis.Count], right = new double[basis.Count];
        double jump = 0;
        for (int j = degree + 1; j < degree + 7; j++)
        {
            for (int order = 0; order <= Math.Min(degree, 4); order++)
            {
                basis.Evaluate(double.BitDecrement(knots[j]), left, order);
                basis.Evaluate(knots[j], right, order);
                double size = right.Max(Math.Abs);
                for (int i = 0; i < basis.Count; i++)
                {
                    if (order < degree)
                        Assert.Equal(left[i], right[i], 1e-11 * Math.Max(1, size));
                    else
                        jump = Math.Max(jump, Math.Abs(left[i] - right[i]));
                }
            }
        }

        Assert.True(degree > 4 || jump > 0.1, "the derivative of order k should jump");
    }

    [Fact]
    public void DerivativesAboveTheDegreeAreZero()
    {
        var basis = new BSpline<double>(KnotRows.Uniform<double>(4, 2), 2);
        var values = new double[basis.Count];
        basis.Evaluate(0.3, values, 3);
        Assert.All(values, value => Assert.Equal(0, value));
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void OneIntervalIsABasisOfPolynomials(int degree)
    {
        double[] knots = KnotRows.Uniform<double>(1, degree);
        var basis = new BSpline<double>(knots, degree);
        Assert.Equal(degree + 1, basis.Count);
        var values = new double[basis.Count];
        foreach (double x in new[] { -1, -0.4, 0, 0.99, double.BitDecrement(1.0) })
        {
            basis.Evaluate(x, values);
            double[] expected = NaiveBSpline.All(knots, degree, x);
            for (int i = 0; i < values.Length; i++)
                Assert.Equal(expected[i], values[i], 1e-13);
        }
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(3, 3)]
    [InlineData(3, 4)]
    [InlineData(5, 6)]
    [InlineData(1, 2)]
    public void RepeatedKnotsFollowTheRecursion(int degree, int multiplicity)
    {
        double[] grid = [-1, -0.3, .. Enumerable.Repeat(0.25, multiplicity), 0.6, 1];
        var knots = new double[grid.Length + 2 * degree];
        KnotVector.Extend<double>(grid, degree, 0.4, knots);
        foreach (OutsideGrid outside in Enum.GetValues<OutsideGrid>())
        {
            var basis = new BSpline<double>(knots, degree, outside);
            var values = new double[basis.Count];
            foreach (double x in KnotRows.Points(knots, degree, 50, new Random(1)))
            {
                for (int order = 0; order <= 2; order++)
                {
                    basis.Evaluate(x, values, order);
                    double[] expected = NaiveBSpline.All(knots, degree, x, order);
                    for (int i = 0; i < values.Length; i++)
                        Assert.Equal(expected[i], values[i], 1e-11);
                }
            }
        }
    }

    [Fact]
    public void WrongLengthAndOrderAreRefused()
    {
        var basis = new BSpline<float>(KnotRows.Uniform<float>(5, 3), 3);
        ArgumentException length = Assert.Throws<ArgumentException>(() => basis.Evaluate(0, new float[7]));
        Assert.Contains("8 functions", length.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => basis.Evaluate(0, new float[8], -1));
    }

    private static void EqualsCoxDeBoor<T>(int degree, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (T[] knots in Rows<T>(degree))
        {
            double[] exact = KnotRows.Exact(knots);
            double smallest = Enumerable.Range(degree, knots.Length - 2 * degree - 1).Min(j => exact[j + 1] - exact[j]);
            foreach (OutsideGrid outside in Enum.GetValues<OutsideGrid>())
            {
                var basis = new BSpline<T>(knots, degree, outside);
                var values = new T[basis.Count];
                foreach (T x in KnotRows.Points(knots, degree, 60, new Random(7 * degree)))
                {
                    for (int order = 0; order <= 5; order++)
                    {
                        basis.Evaluate(x, values, order);
                        double[] expected = NaiveBSpline.All(exact, degree, double.CreateTruncating(x), order);
                        // Rounding of u is an error of relative size ulp(x)/h in the argument, on top of that of the value.
                        double scale = Math.Max(1, expected.Max(Math.Abs)) * Math.Pow(degree, order == 0 ? 0 : 1);
                        double ulp = double.CreateTruncating(T.BitIncrement(T.Abs(x)) - T.Abs(x));
                        double allowed = tolerance * scale + ulp * Math.Pow(2 * degree / smallest, order + 1);
                        for (int i = 0; i < values.Length; i++)
                            Assert.True(Math.Abs(expected[i] - double.CreateTruncating(values[i])) <= allowed, $"k = {degree}, order {order}, function {i} at {x}: {values[i]}, expected {expected[i]}, allowed {allowed}");
                    }
                }
            }
        }
    }

    private static IEnumerable<T[]> Rows<T>(int degree)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(degree);
        yield return KnotRows.Uniform<T>(5, degree);
        yield return KnotRows.Uniform<T>(1, degree, 0.3, 0.9);
        yield return KnotRows.Random<T>(8, degree, 1, random);
        yield return KnotRows.Random<T>(3, degree, 5, random);
        yield return KnotRows.Uneven<T>(9, degree, random);
    }
}
