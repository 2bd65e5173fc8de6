using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Equations.Domains;

public sealed class TimeDomainTests
{
    [Fact]
    public void Sides_are_those_of_space_then_the_ends_of_time()
    {
        TimeDomain domain = new(new Interval("x", -1, 1), 0, 2);
        Assert.Equal(["x", "t"], domain.Variables);
        Assert.Equal(["x=-1", "x=1", "t=0", "t=2"], domain.Sides.Select(side => side.Name));
        Assert.Equal([2.0, 2, 2, 2], domain.Sides.Select(side => side.Measure));
        Assert.Equal([0, 0, 1, 1], domain.Sides.Select(side => side.Axis!.Value));
        Assert.Same(domain.Initial, Assert.Single(domain.Sides, side => side.IsInitial));
        Assert.Same(domain.Final, Assert.Single(domain.Sides, side => side.IsFinal));
        Assert.Equal(["x=-1", "x=1"], domain.FindSides("boundary").Select(side => side.Name));
        Assert.Same(domain.Initial, Assert.Single(domain.FindSides("initial")));
        Assert.Same(domain.Sides[1], domain.Sides[0].Opposite);
        Assert.Equal(4, domain.Measure);
    }

    [Theory]
    [InlineData(0, "t=0..3, x=-1..1, y=0..4")]
    [InlineData(1, "x=-1..1, t=0..3, y=0..4")]
    [InlineData(2, "x=-1..1, y=0..4, t=0..3")]
    public void Time_may_stand_anywhere(int axis, string text)
    {
        TimeDomain domain = new(new Box(("x", -1, 1), ("y", 0, 4)), 0, 3, axis: axis);
        Assert.Equal(text, domain.ToString());
        Assert.Equal("t", domain.Variables[axis]);
        Assert.Equal((0.0, 3.0), domain.Bounds[axis]);
        foreach (PointSequence sequence in Enum.GetValues<PointSequence>())
        {
            Tensor<double> points = domain.Interior(30, sequence, 4);
            Assert.True(points.Shape.Rows >= 30);
            for (int row = 0; row < points.Shape.Rows; row++)
                Assert.True(domain.Contains(points.Row(row), 0) && !domain.Sides.Any(side => side.Contains(points.Span.Slice(row * 3, 3))));
        }

        foreach (Side side in domain.Sides)
        {
            Assert.Equal(side.Name, $"{domain.Variables[side.Axis!.Value]}={side.Value}");
            Tensor<double> points = side.Points(20, PointSequence.Sobol, 1);
            for (int row = 0; row < 20; row++)
                Assert.Equal(side.Value!.Value, points[row, side.Axis!.Value]);
        }

        Expression distance = domain.Distance([domain.Initial])!;
        Assert.Equal(["t"], distance.Variables);
        Assert.Equal(1.0 / 3, distance.Evaluate(1), 1e-15);
    }

    [Fact]
    public void Grids_are_products_and_rules_are_exact()
    {
        TimeDomain domain = new(new Interval("x", 0, 1), 0, 2);
        Tensor<double> grid = domain.Interior(12, PointSequence.Grid, 0);
        Assert.Equal(new Shape(12, 2), grid.Shape);
        Assert.Equal([0.125, 1 / 3.0], grid.Row(0).ToArray());
        Assert.Equal(16 / 4.0 / 3, DomainTruth.Integral(domain.Quadrature(2), p => p[0] * p[0] * Math.Pow(p[1], 3)), 1e-14);
        Assert.Equal(8 / 3.0, DomainTruth.Integral(domain.Sides[1].Quadrature(2), p => p[0] * p[1] * p[1]), 1e-14);
        Assert.Equal(1 / 4.0, DomainTruth.Integral(domain.Initial.Quadrature(2), p => Math.Pow(p[0], 3) + p[1]), 1e-14);
    }

    [Fact]
    public void Bad_times_are_refused()
    {
        Interval space = new("x", 0, 1);
        Assert.Contains("is reversed", Assert.Throws<ArgumentException>(() => new TimeDomain(space, 1, 0)).Message);
        Assert.Contains("occurs twice", Assert.Throws<ArgumentException>(() => new TimeDomain(space, 0, 1, "x")).Message);
        Assert.Contains("already has a time", Assert.Throws<ArgumentException>(() => new TimeDomain(new TimeDomain(space, 0, 1), 0, 1, "s")).Message);
        Assert.Contains("0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => new TimeDomain(space, 0, 1, axis: 2)).Message);
    }
}
