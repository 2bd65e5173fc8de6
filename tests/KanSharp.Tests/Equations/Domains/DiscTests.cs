using KanSharp.Autodiff;
using KanSharp.Equations.Domains;

namespace KanSharp.Tests.Equations.Domains;

public sealed class DiscTests
{
    /// <summary>∫ x^2a y^2b over the unit disc is Γ(a+½)Γ(b+½)/Γ(a+b+2); odd powers give 0.</summary>
    [Theory]
    [InlineData(0, 0, Math.PI)]
    [InlineData(2, 0, Math.PI / 4)]
    [InlineData(2, 2, Math.PI / 24)]
    [InlineData(4, 0, Math.PI / 8)]
    [InlineData(6, 4, Math.PI / 512)]
    [InlineData(1, 0, 0)]
    [InlineData(3, 4, 0)]
    public void Moments_are_exact(int p, int q, double expected)
    {
        int m = (p + q) / 2 + 1;
        Disc unit = new(0, 0, 1);
        Assert.Equal(expected, DomainTruth.Integral(unit.Quadrature(m), x => Math.Pow(x[0], p) * Math.Pow(x[1], q)), 1e-14);
    }

    [Fact]
    public void Points_have_the_area_of_the_disc()
    {
        Disc disc = new(3, -1, 2);
        Tensor<double> points = disc.Interior(4000, PointSequence.Sobol, 6);
        for (int ring = 1; ring <= 9; ring++)
        {
            double share = Enumerable.Range(0, 4000).Count(row => double.Hypot(points[row, 0] - 3, points[row, 1] + 1) < 0.2 * ring) / 4000.0;
            Assert.Equal(ring * ring / 100.0, share, 0.01);
        }

        for (int octant = 0; octant < 8; octant++)
        {
            double share = Enumerable.Range(0, 4000).Count(row => (int)((Math.Atan2(points[row, 1] + 1, points[row, 0] - 3) / Math.PI + 1) * 4) == octant) / 4000.0;
            Assert.Equal(1 / 8.0, share, 0.01);
        }
    }

    [Fact]
    public void The_circle_is_one_side()
    {
        Disc disc = new(1, 2, 0.5, "u", "v");
        Side circle = Assert.Single(disc.Sides);
        Assert.Equal(("boundary", null, null, null), (circle.Name, circle.Axis, circle.Value, circle.Opposite));
        Assert.Equal(Math.PI, circle.Measure, 1e-15);
        Assert.Equal(0.75, disc.Distance([circle])!.Evaluate(1.25, 2), 1e-15);
        Assert.Contains("no opposite side", Assert.Throws<InvalidOperationException>(() => circle.ToOpposite(circle.Points(3, PointSequence.Grid, 0))).Message);
        Assert.Equal("u,v in disc(1,2,0.5)", disc.ToString());
    }

    [Fact]
    public void Bad_discs_are_refused()
    {
        Assert.Contains("above 0", Assert.Throws<ArgumentOutOfRangeException>(() => new Disc(0, 0, 0)).Message);
        Assert.Contains("above 0", Assert.Throws<ArgumentOutOfRangeException>(() => new Disc(0, 0, double.NaN)).Message);
        Assert.Contains("not finite", Assert.Throws<ArgumentException>(() => new Disc(double.NaN, 0, 1)).Message);
        Assert.Contains("no length", Assert.Throws<ArgumentException>(() => new Disc(0, 1e12, 1)).Message);
        Assert.Contains("occurs twice", Assert.Throws<ArgumentException>(() => new Disc(0, 0, 1, "a", "a")).Message);
    }
}
