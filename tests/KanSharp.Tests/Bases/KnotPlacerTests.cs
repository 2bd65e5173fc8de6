using KanSharp.Bases;

namespace KanSharp.Tests.Bases;

/// <summary>Grid points by the rules of <see cref="KnotPlacement"/>.</summary>
public class KnotPlacerTests
{
    [Theory]
    [InlineData(5, 10)]
    [InlineData(5, 20)]
    [InlineData(3, 5)]
    [InlineData(20, 50)]
    public void NestedKeepsEveryPointAndSplitsTheWidest(int before, int after)
    {
        double[] grid = KnotPlacer.Uniform(-1, 1, before);
        double[] nested = KnotPlacer.Nested(grid, after)!;
        Assert.Equal(after + 1, nested.Length);
        Assert.Subset(nested.ToHashSet(), grid.ToHashSet());
        double[] widths = [.. nested.Skip(1).Zip(nested, (right, left) => right - left)];
        Assert.True(widths.Max() <= widths.Min() * (after % before == 0 ? 1 + 1e-12 : 2 + 1e-12));
        Assert.Null(KnotPlacer.Nested(nested, after - 1));
    }

    [Fact]
    public void QuantilesHoldEquallyManySamplesAndNoCellStarves()
    {
        double[] samples = [.. Enumerable.Range(0, 10001).Select(n => Math.Pow(n / 10000.0, 3))];
        double[] grid = KnotPlacer.Quantiles(samples, 0, 1, 10, 0);
        for (int cell = 0; cell < 10; cell++)
            Assert.InRange(samples.Count(x => x >= grid[cell] && x < grid[cell + 1]), 995, 1005);
        double[] ties = [.. Enumerable.Repeat(0.5, 1000)];
        double[] mixed = KnotPlacer.Quantiles(ties, 0, 1, 10, 0.1);
        for (int cell = 0; cell < 10; cell++)
            Assert.True(mixed[cell + 1] - mixed[cell] >= 0.1 / 10 - 1e-15);
    }

    [Fact]
    public void CurvaturePutsCellsWhereTheFunctionBends()
    {
        // a steep step at 0.3 in an otherwise flat function
        double[] knots = KnotRows.Uniform<double>(40, 3);
        double[] coefficients = [.. Enumerable.Range(0, 43).Select(j => Math.Tanh(40 * (-1 + (j - 1) * 0.05 - 0.3)))];
        (double[] breakpoints, double[] density) = SplineCurvature.Of(knots, 3, coefficients, 1);
        double[] grid = KnotPlacer.Equidistribute(breakpoints, density, -1, 1, 20, 0.1);
        Assert.Equal(21, grid.Length);
        Assert.Equal((-1.0, 1.0), (grid[0], grid[^1]));
        double[] widths = [.. grid.Skip(1).Zip(grid, (right, left) => right - left)];
        Assert.True(widths.Min() > 0 && widths.Max() <= 10 * 0.1 + 1e-12);
        Assert.True(grid.Count(x => Math.Abs(x - 0.3) < 0.2) >= 10, string.Join(" ", grid));
    }

    [Fact]
    public void CurvatureOfAFifthPowerHasTheExpectedDensity()
    {
        // φ = x⁵ on cubics: φ'''' = 120·x, the density of knots is proportional to x^(1/4), the grid to (j/G)^(4/5)
        const int Cells = 400;
        double[] knots = KnotRows.Uniform<double>(Cells, 3, 0, 1);
        double[] samples = [.. Enumerable.Range(0, 4 * Cells).Select(n => (n + 0.5) / (4 * Cells))];
        double[] weights = [.. samples.Select(_ => 1.0)];
        LocalBasisTable<double> table = BSplineTable.Build<double>(knots, 1, 3, OutsideGrid.Linear);
        double[] coefficients = SplineFit.Ridge(table, samples, weights, [.. samples.Select(x => Math.Pow(x, 5))], 1, 0)!;
        (double[] breakpoints, double[] density) = SplineCurvature.Of(knots, 3, coefficients, 1);
        double[] grid = KnotPlacer.Equidistribute(breakpoints, density, 0, 1, 10, 0.01);
        for (int j = 0; j <= 10; j++)
            Assert.Equal(Math.Pow(j / 10.0, 0.8), grid[j], 0.02);
    }

    [Fact]
    public void WithoutCurvatureCellsAreEqual()
    {
        double[] knots = KnotRows.Uniform<double>(1, 3);
        (double[] breakpoints, double[] density) = SplineCurvature.Of(knots, 3, [1, 2, 3, 4], 1);
        Assert.Equal(KnotPlacer.Uniform(-1, 1, 7), KnotPlacer.Equidistribute(breakpoints, density, -1, 1, 7, 0.1));
    }
}
