using System.Numerics;
using KanSharp.Bases;

namespace KanSharp.Tests.Bases;

/// <summary>What the basis does beyond the grid, and with arguments that are no numbers.</summary>
public class OutsideGridTests
{
    public static TheoryData<int> Degrees => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Degrees))]
    public void LinearFollowsTheTangent(int degree)
    {
        Check<double>(1e-12);
        Check<float>(1e-4);

        void Check<T>(double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            foreach (T[] knots in new[] { KnotRows.Uniform<T>(5, degree), KnotRows.Random<T>(4, degree, 1, new Random(degree)) })
            {
                double[] exact = KnotRows.Exact(knots);
                double low = exact[degree];
                double high = exact[^(degree + 1)];
                var basis = new BSpline<T>(knots, degree);
                var values = new T[basis.Count];
                foreach (double distance in new[] { 0, 1e-3, 0.4, 3, 1000 })
                {
                    foreach (double place in new[] { low - distance, high + distance })
                    {
                        T x = T.CreateTruncating(place);
                        for (int order = place == low ? 2 : 0; order <= 5; order++)
                        {
                            if (place == low && degree >= order)
                                continue;
                            basis.Evaluate(x, values, order);
                            double[] expected = NaiveBSpline.AllContinued(exact, degree, double.CreateTruncating(x), order);
                            double sum = 0;
                            for (int i = 0; i < values.Length; i++)
                            {
                                double value = double.CreateTruncating(values[i]);
                                sum += value;
                                Assert.True(Math.Abs(value - expected[i]) <= tolerance * 10 * (1 + distance), $"order {order}, function {i} at {x}: {value}, expected {expected[i]}");
                            }

                            Assert.Equal(order == 0 ? 1 : 0, sum, 20 * tolerance * (1 + distance));
                        }
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void LinearIsContinuousWithItsSlopeAtBothEnds(int degree)
    {
        double[] knots = KnotRows.Random<double>(6, degree, 2, new Random(degree));
        var basis = new BSpline<double>(knots, degree);
        double[] inside = new double[basis.Count], outside = new double[basis.Count];
        foreach ((double here, double beyond) in new[]
        {
            (knots[degree], double.BitDecrement(knots[degree])),
            (knots[^(degree + 1)], double.BitIncrement(knots[^(degree + 1)])),
        })
        {
            for (int order = 0; order <= 1; order++)
            {
                basis.Evaluate(here, inside, order);
                basis.Evaluate(beyond, outside, order);
                for (int i = 0; i < inside.Length; i++)
                    Assert.Equal(inside[i], outside[i], 1e-12);
            }

            basis.Evaluate(beyond, outside, 2);
            Assert.All(outside, value => Assert.Equal(0, value));
        }
    }

    /// <summary>Both ends belong to the grid: all derivatives there are those within, also where knots are repeated.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void DerivativesAtTheEndsAreThoseWithin(int degree)
    {
        double[] repeated = [.. Enumerable.Repeat(-1.0, degree + 1), -0.3, 0.4, .. Enumerable.Repeat(1.0, degree + 1)], twice = [.. KnotRows.Uniform<double>(4, degree, -1, 1)];
        twice[^(degree + 2)] = 1;
        foreach (double[] knots in (double[][])[KnotRows.Random<double>(6, degree, 2, new Random(degree)), repeated, twice])
        {
            var basis = new BSpline<double>(knots, degree);
            double[] end = new double[basis.Count], within = new double[basis.Count];
            foreach ((double place, double step) in new[] { (knots[degree], 1e-7), (knots[^(degree + 1)], -1e-7) })
            {
                for (int order = 0; order <= degree; order++)
                {
                    basis.Evaluate(place, end, order);
                    basis.Evaluate(place + step, within, order);
                    double largest = 1 + end.Max(Math.Abs);
                    Assert.Contains(end, value => Math.Abs(value) > 1e-3);
                    for (int i = 0; i < end.Length; i++)
                        Assert.Equal(within[i], end[i], 1e-4 * largest);
                }
            }
        }
    }

    [Theory]
    [InlineData(1.2, 0.9792)]
    [InlineData(1.39, 0.8455)]
    [InlineData(-1.05, 0.9997)]
    [InlineData(1.0, 1)]
    [InlineData(2.2, 0)]
    [InlineData(-2.3, 0)]
    public void ZeroDecaysLikeEfficientKan(double x, double sum)
    {
        var basis = new BSpline<double>(KnotRows.Uniform<double>(5, 3), 3, OutsideGrid.Zero);
        var values = new double[basis.Count];
        basis.Evaluate(x, values);
        Assert.Equal(sum, values.Sum(), 5e-5);
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void ZeroFollowsTheRecursionEverywhere(int degree)
    {
        foreach (double[] knots in new[] { KnotRows.Uniform<double>(3, degree), KnotRows.Random<double>(4, degree, 1, new Random(degree)) })
        {
            var basis = new BSpline<double>(knots, degree, OutsideGrid.Zero);
            var values = new double[basis.Count];
            var random = new Random(degree);
            double width = knots[^1] - knots[0];
            double[] points = [.. knots, .. Enumerable.Range(0, 80).Select(_ => knots[0] - 0.1 * width + 1.2 * width * random.NextDouble())];
            foreach (double x in points)
            {
                for (int order = 0; order <= 2; order++)
                {
                    basis.Evaluate(x, values, order);
                    double[] expected = NaiveBSpline.All(knots, degree, x, order);
                    for (int i = 0; i < values.Length; i++)
                        Assert.Equal(expected[i], values[i], 1e-12 * Math.Max(1, expected.Max(Math.Abs)));
                }
            }

            basis.Evaluate(knots[^1], values);
            Assert.All(values, value => Assert.Equal(0, value));
        }
    }

    [Theory]
    [InlineData(OutsideGrid.Linear)]
    [InlineData(OutsideGrid.Zero)]
    public void NaNGivesNaN(OutsideGrid outside)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            foreach (T[] knots in new[] { KnotRows.Uniform<T>(5, 3), KnotRows.Uneven<T>(5, 3, new Random(2)) })
            {
                var basis = new BSpline<T>(knots, 3, outside);
                var values = new T[basis.Count];
                for (int order = 0; order < 3; order++)
                {
                    basis.Evaluate(T.NaN, values, order);
                    Assert.Contains(values, value => T.IsNaN(value));
                }
            }
        }
    }

    [Fact]
    public void InfinityGivesZeroWithZeroAndNoNumberWithLinear()
    {
        foreach (double x in new[] { double.PositiveInfinity, double.NegativeInfinity })
        {
            foreach (double[] knots in new[] { KnotRows.Uniform<double>(5, 3), KnotRows.Uneven<double>(5, 3, new Random(2)) })
            {
                var zero = new BSpline<double>(knots, 3, OutsideGrid.Zero);
                var values = new double[zero.Count];
                zero.Evaluate(x, values);
                Assert.All(values, value => Assert.Equal(0, value));
                new BSpline<double>(knots, 3).Evaluate(x, values);
                Assert.Contains(values, value => !double.IsFinite(value));
            }
        }
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 4)]
    public void LinearContinuesFromTheLastCellWhereTheEndIsARepeatedKnot(int degree, int multiplicity)
    {
        double[] grid = [.. Enumerable.Repeat(-1.0, multiplicity), -0.2, 0.3, .. Enumerable.Repeat(1.0, multiplicity)];
        var knots = new double[grid.Length + 2 * degree];
        KnotVector.Extend<double>(grid, degree, 0.5, knots);
        var basis = new BSpline<double>(knots, degree);
        var inside = new double[basis.Count];
        var slope = new double[basis.Count];
        var outside = new double[basis.Count];
        foreach ((double end, double within, double beyond) in new[] { (-1.0, -1.0, -1.5), (1.0, double.BitDecrement(1.0), 1.5) })
        {
            basis.Evaluate(within, inside);
            basis.Evaluate(within, slope, 1);
            basis.Evaluate(beyond, outside);
            for (int i = 0; i < inside.Length; i++)
                Assert.Equal(inside[i] + slope[i] * (beyond - end), outside[i], 1e-12);
            Assert.Equal(1, outside.Sum(), 1e-12);
        }
    }
}
