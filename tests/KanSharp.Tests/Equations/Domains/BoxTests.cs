using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Equations.Domains;

public sealed class BoxTests
{
    [Fact]
    public void Sides_of_a_box_are_its_faces()
    {
        Box box = new(("x", -1, 1), ("y", 0, 2.5), ("z", 0, 4));
        Assert.Equal(["x=-1", "x=1", "y=0", "y=2.5", "z=0", "z=4"], box.Sides.Select(side => side.Name));
        Assert.Equal([10.0, 10, 8, 8, 5, 5], box.Sides.Select(side => side.Measure));
        Assert.Equal(20, box.Measure);
        Assert.Equal([0, 0, 1, 1, 2, 2], box.Sides.Select(side => side.Axis!.Value));
        Assert.All(box.Sides, side => Assert.True(!side.IsInitial && !side.IsFinal));
        Assert.Equal("x=-1..1, y=0..2.5, z=0..4", box.ToString());
    }

    [Fact]
    public void The_ends_of_an_interval_are_single_points()
    {
        Interval interval = new("x", -2, 3);
        Tensor<double> end = interval.Sides[1].Points(50, PointSequence.Sobol, 1);
        Assert.Equal(new Shape(1, 1), end.Shape);
        Assert.Equal(3, end[0, 0]);
        Assert.Equal(1, interval.Sides[1].Measure);
        Quadrature rule = interval.Sides[0].Quadrature(4);
        Assert.Equal([-2.0], rule.Points.Span.ToArray());
        Assert.Equal([1.0], rule.Weights.Span.ToArray());
        Assert.Equal([true, false], new Interval("t", 0, 1, isTime: true).Sides.Select(side => side.IsInitial));
        Assert.Equal([false, true], new Interval("t", 0, 1, isTime: true).Sides.Select(side => side.IsFinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void Gauss_points_integrate_polynomials_exactly(int m)
    {
        Box box = new(("x", -1, 2), ("y", 0.5, 3));
        Quadrature rule = box.Quadrature(m);
        Assert.Equal(m * m, rule.Weights.Shape.Count);
        int p = 2 * m - 1, q = 2 * m - 2;
        double exact = (Math.Pow(2, p + 1) - Math.Pow(-1, p + 1)) / (p + 1) * (Math.Pow(3, q + 1) - Math.Pow(0.5, q + 1)) / (q + 1);
        Assert.Equal(1, DomainTruth.Integral(rule, x => Math.Pow(x[0], p) * Math.Pow(x[1], q)) / exact, 1e-12);
    }

    [Fact]
    public void Distance_is_the_scaled_product()
    {
        Box box = new(("x", -1, 3), ("y", 0, 1));
        Expression all = box.Distance(box.Sides)!;
        Assert.Equal(1, all.Evaluate(1, 0.5), 1e-15);
        Assert.Equal(4 * 1.5 * 2.5 / 16 * 4 * 0.2 * 0.8, all.Evaluate(0.5, 0.2), 1e-15);
        Assert.Equal(0.375, box.Distance([box.Sides[0]])!.Evaluate(0.5), 1e-15);
        Assert.Equal(Expression.One, box.Distance([]));
        Assert.Contains("belongs to another domain", Assert.Throws<ArgumentException>(() => box.Distance(new Interval("x", -1, 3).Sides)).Message);
    }

    [Fact]
    public void Sides_are_found_by_name_group_and_coordinate()
    {
        Box box = new(("x", 0, 2 * Math.PI), ("y", -1, 1));
        Assert.Same(box.Sides[1], Assert.Single(box.FindSides("x = 2*pi")));
        Assert.Same(box.Sides[0], Assert.Single(box.FindSides("x=0")));
        Assert.Same(box.Sides[2], Assert.Single(box.FindSides(" y=-1.0")));
        Assert.Equal(box.Sides, box.FindSides("boundary"));
        foreach (string wrong in new[] { "x=1", "z=0", "initial", "x=", "edge 1", "x=y" })
            Assert.Contains("sides are x=0, x=6.283185307179586, y=-1, y=1", Assert.Throws<ArgumentException>(() => box.FindSides(wrong)).Message);
    }

    [Fact]
    public void Periodic_partners_differ_on_one_axis()
    {
        Box box = new(("x", 0, 2), ("y", -1, 1), ("z", 5, 6));
        Side left = box.FindSides("y=-1")[0];
        Assert.Equal("y=1", left.Opposite!.Name);
        Assert.Same(left, left.Opposite.Opposite);
        Tensor<double> points = left.Points(20, PointSequence.Sobol, 2), partners = left.ToOpposite(points);
        for (int row = 0; row < points.Shape.Rows; row++)
        {
            Assert.True(left.Contains(points.Row(row)) && left.Opposite.Contains(partners.Row(row)));
            Assert.Equal([points[row, 0], 1, points[row, 2]], partners.Row(row).ToArray());
        }

        Assert.Contains("[N, 3]", Assert.Throws<ArgumentException>(() => left.ToOpposite(new Tensor<double>(new Shape(4, 2)))).Message);
    }

    [Theory]
    [InlineData("x", 1, 1, "has no length")]
    [InlineData("x", 2, 1, "is reversed; write x=1..2")]
    [InlineData("x", double.NaN, 1, "is not finite")]
    [InlineData("x", 0, double.PositiveInfinity, "is not finite")]
    [InlineData("x", -1.7e308, 1.7e308, "is not finite")]
    [InlineData("x", 1e9, 1e9 + 1e-6, "has no length")]
    [InlineData("pi", 0, 1, "is a constant")]
    [InlineData("sin", 0, 1, "is a function")]
    [InlineData("ln", 0, 1, "is a function")]
    [InlineData("2x", 0, 1, "is not a name")]
    [InlineData("a b", 0, 1, "is not a name")]
    [InlineData("", 0, 1, "is not a name")]
    public void Bad_axes_are_refused(string name, double low, double high, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => new Interval(name, low, high)).Message);

    [Fact]
    public void Names_are_needed_once_each()
    {
        Assert.Contains("at least one variable", Assert.Throws<ArgumentException>(() => new Box([])).Message);
        Assert.Contains("'x' occurs twice", Assert.Throws<ArgumentException>(() => new Box(("x", 0, 1), ("x", 0, 1))).Message);
        Assert.Contains("too many", Assert.Throws<ArgumentOutOfRangeException>(() => new Box([.. Enumerable.Range(0, 12).Select(i => ($"x{i}", 0.0, 1.0))]).Quadrature(9)).Message);
    }
}
