using KanSharp.Autodiff;
using KanSharp.Equations.Domains;

namespace KanSharp.Tests.Equations.Domains;

public sealed class AdaptivePointsTests
{
    /// <summary>First draws from many seeds have the frequencies of the density.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 0.5)]
    [InlineData(0.5, 0)]
    [InlineData(0, 0)]
    public void Draws_follow_the_density(double power, double offset)
    {
        double[] scores = [0.1, 0.2, 3, 0.7];
        double mean = scores.Average(score => Math.Pow(score, power));
        double[] density = [.. scores.Select(score => Math.Pow(score, power) / mean + offset)];
        var counts = new int[4];
        for (ulong seed = 0; seed < 20_000; seed++)
            counts[AdaptivePoints.ByDensity(scores, 1, seed, power, offset)[0]]++;
        for (int i = 0; i < 4; i++)
            Assert.Equal(density[i] / density.Sum(), counts[i] / 20_000.0, 0.012);
    }

    [Fact]
    public void Draws_do_not_repeat_and_depend_on_the_seed_alone()
    {
        double[] scores = [.. Enumerable.Range(0, 1000).Select(i => i % 10 == 0 ? 100.0 : 1)];
        int[] first = AdaptivePoints.ByDensity(scores, 100, 7, power: 2, offset: 0);
        Assert.Equal(100, first.Distinct().Count());
        Assert.Equal(first, AdaptivePoints.ByDensity(scores, 100, 7, power: 2, offset: 0));
        Assert.NotEqual(first, AdaptivePoints.ByDensity(scores, 100, 8, power: 2, offset: 0));
        Assert.InRange(first.Count(i => i % 10 == 0), 95, 100);
        Assert.Equal(1000, AdaptivePoints.ByDensity(scores, 1000, 7).Distinct().Count());
    }

    [Fact]
    public void Extreme_scores_are_drawn_from()
    {
        Assert.Equal([1], AdaptivePoints.ByDensity([0, 1e300, 0], 1, 0, power: 3, offset: 0));
        Assert.Equal(3, AdaptivePoints.ByDensity([0, 0, 0], 3, 0, offset: 0).Length);
        Assert.Equal(2, AdaptivePoints.ByDensity([1e-300, 0, 1e-300], 2, 0, power: 4, offset: 0).Length);
        Assert.Contains("1 of 3 candidates can be drawn", Assert.Throws<ArgumentOutOfRangeException>(() => AdaptivePoints.ByDensity([0, 1, 0], 2, 0, offset: 0)).Message);
        Assert.Contains("candidate 1 is NaN", Assert.Throws<ArgumentException>(() => AdaptivePoints.ByDensity([0, double.NaN], 1, 0)).Message);
        Assert.Contains("candidate 0 is -1", Assert.Throws<ArgumentException>(() => AdaptivePoints.ByDensity([-1, 2], 1, 0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => AdaptivePoints.ByDensity([1, 2], 1, 0, power: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AdaptivePoints.ByDensity([1, 2], 3, 0));
    }

    [Fact]
    public void The_largest_are_taken_with_a_distance()
    {
        Box box = new(("x", 0, 10), ("t", 0, 1));
        Tensor<double> pool = Tensor<double>.From(new double[,] { { 5, 0.5 }, { 5.2, 0.5 }, { 5, 0.6 }, { 9, 0.1 }, { 1, 0.9 } });
        double[] scores = [10, 9, 8, 1, 2];
        Assert.Equal([0, 1, 2], AdaptivePoints.Largest(box, pool, scores, 3, 0));
        Assert.Equal([0, 2, 4], AdaptivePoints.Largest(box, pool, scores, 3, 0.05));
        Assert.Equal([0, 4, 3], AdaptivePoints.Largest(box, pool, scores, 5, 0.2));
        Assert.Equal(new double[] { 5, 0.5, 1, 0.9 }, AdaptivePoints.Rows(pool, [0, 4]).Span.ToArray());
        Assert.Contains("[4, 2]", Assert.Throws<ArgumentException>(() => AdaptivePoints.Largest(box, pool, [1, 2, 3, 4], 1, 0)).Message);
    }
}
