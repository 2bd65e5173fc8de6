using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Equations.Domains;

public sealed class PolygonTests
{
    [Fact]
    public void The_L_shape_has_closed_forms()
    {
        Polygon shape = Polygon.LShape();
        Assert.Equal(3, shape.Measure);
        Assert.Equal(8, shape.Sides.Sum(side => side.Measure));
        // the square's moments without those of the missing quadrant [0, 1] × [−1, 0]
        Assert.Equal(0 - 0.5, DomainTruth.Integral(shape.Quadrature(2), p => p[0]), 1e-14);
        Assert.Equal(0 + 0.5, DomainTruth.Integral(shape.Quadrature(2), p => p[1]), 1e-14);
        Assert.Equal(4 / 9.0 - 1 / 9.0, DomainTruth.Integral(shape.Quadrature(3), p => p[0] * p[0] * p[1] * p[1]), 1e-14);
        Assert.False(shape.Contains([0.5, -0.5]));
        Assert.True(shape.Contains([0.5, 0.5]) && shape.Contains([-0.5, -0.5]) && shape.Contains([0, 0]) && shape.Contains([0, -0.7]));
        Assert.Equal(["edge 1", "edge 2", "edge 3", "edge 4", "edge 5", "edge 6"], shape.Sides.Select(side => side.Name));
        Assert.Equal("edge 2", Assert.Single(shape.FindSides("x=0")).Name);
        Assert.Equal("edge 6", Assert.Single(shape.FindSides("x=-1")).Name);
        Assert.Equal(shape.Sides, shape.FindSides("boundary"));
    }

    [Fact]
    public void Rules_on_triangles_are_exact_up_to_their_degree()
    {
        // ∫ x^p y^q over the reference triangle is p! q! / (p+q+2)!
        Polygon triangle = new([(0, 0), (1, 0), (0, 1)]);
        Assert.Equal(2 * 6 / 5040.0, DomainTruth.Integral(triangle.Quadrature(4), p => Math.Pow(p[0], 2) * Math.Pow(p[1], 3)), 1e-16);
        Assert.Equal(24 * 2 / 40320.0, DomainTruth.Integral(triangle.Quadrature(4), p => Math.Pow(p[0], 4) * Math.Pow(p[1], 2)), 1e-16);
    }

    [Fact]
    public void The_L_shape_has_a_smooth_distance()
    {
        Polygon shape = Polygon.LShape();
        Expression distance = shape.Distance(shape.Sides)!;
        Assert.Contains("sqrt", distance.ToString());
        // symmetric about the line y = -x through the re-entrant corner
        Assert.Equal(distance.Evaluate(-0.3, 0.6), distance.Evaluate(-0.6, 0.3), 1e-14);
        Assert.Null(shape.Distance([shape.Sides[1]]));
        Assert.NotNull(shape.Distance([shape.Sides[1], shape.Sides[2]]));
        Assert.NotNull(shape.Distance([shape.Sides[0]]));
    }

    [Fact]
    public void Distances_that_are_no_product_are_refused_and_lines_count_once()
    {
        Polygon divided = new([(0, 0), (1, 0), (2, 0), (2, 1), (0, 1)]);
        Assert.Null(divided.Distance([divided.Sides[0]]));
        Assert.Equal(0.25, divided.Distance([divided.Sides[0], divided.Sides[1]])!.Evaluate(0.25), 1e-15);
        Polygon spiral = new([(0, 0), (4, 0), (4, 4), (1, 4), (1, 2), (2, 2), (2, 3), (3, 3), (3, 1), (0, 1)]);
        Assert.Null(spiral.Distance(spiral.Sides));
        // two legs of an M touch the line of each other's end
        Polygon legs = new([(0, 0), (1, 0), (1, 2), (2, 2), (2, 0), (3, 0), (3, 3), (0, 3)]);
        Assert.Null(legs.Distance([legs.Sides[0]]));
        Assert.NotNull(legs.Distance([legs.Sides[0], legs.Sides[4]]));
    }

    [Fact]
    public void Orientation_does_not_matter()
    {
        (double, double)[] corners = [(0, 0), (3, 0), (3, 1), (1, 1), (1, 3), (0, 3)];
        Polygon left = new(corners), right = new([.. corners.Reverse()]);
        Assert.Equal(5, left.Measure);
        Assert.Equal(5, right.Measure);
        Assert.Equal(DomainTruth.Integral(left.Quadrature(3), p => p[0] * p[1]), DomainTruth.Integral(right.Quadrature(3), p => p[0] * p[1]), 1e-14);
        Assert.Equal(left.Distance(left.Sides)!.Evaluate(0.5, 0.7), right.Distance(right.Sides)!.Evaluate(0.5, 0.7), 1e-14);
    }

    /// <summary>A comb with many teeth, whose ears are not at the start; and a polygon of a hundred random corners around a centre.</summary>
    [Fact]
    public void Any_simple_polygon_is_triangulated()
    {
        List<(double, double)> comb = [(0, 0), (10, 0)];
        for (int tooth = 9; tooth >= 0; tooth--)
            comb.AddRange([(tooth + 1, 5), (tooth + 0.5, 1)]);
        comb.Add((0, 5));
        Check(new Polygon(comb));
        var random = new KanSharp.Numerics.SplitRandom(4);
        Check(new Polygon([.. Enumerable.Range(0, 100).Select(i =>
        {
            double radius = 0.2 + random.NextDouble(), angle = 2 * Math.PI * i / 100;
            return (radius * Math.Cos(angle), radius * Math.Sin(angle));
        })]));

        static void Check(Polygon polygon)
        {
            Assert.Equal(polygon.Measure, DomainTruth.Integral(polygon.Quadrature(1), _ => 1), 1e-12);
            Tensor<double> points = polygon.Interior(2000, PointSequence.Random, 0);
            for (int row = 0; row < 2000; row++)
                Assert.True(polygon.Outline.Surrounds((points[row, 0], points[row, 1])));
        }
    }

    [Theory]
    [InlineData("0 0, 1 1", "at least 3 corners, not 2")]
    [InlineData("0 0, 1 1, 1 0, 0 1", "edges 1 and 3 of the polygon meet")]
    [InlineData("0 0, 1 0, 1 0, 0 1", "edge 2 of the polygon has no length")]
    [InlineData("0 0, 1 0, 2 0", "meet")]
    [InlineData("0 0, 2 0, 1 0, 1 1", "meet")]
    [InlineData("0 0, 4 0, 4 2, 2 0, 0 2", "meet")]
    public void What_is_no_simple_polygon_is_refused(string corners, string reason)
    {
        (double, double)[] list = [.. corners.Split(", ").Select(corner => (double.Parse(corner.Split(' ')[0]), double.Parse(corner.Split(' ')[1])))];
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => new Polygon(list)).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(reason, Assert.Throws<FormatException>(() => DomainText.Parse($"polygon({corners})")).Message);
    }
}
