using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Equations.Domains;

/// <summary>What holds for every domain.</summary>
public sealed class GeometryTests
{
    private static readonly (double, double)[] Star =
        [(0, 3), (-1, 1), (-3, 1), (-1.5, -0.5), (-2, -3), (0, -1.5), (2, -3), (1.5, -0.5), (3, 1), (1, 1)];

    public static TheoryData<string> Names => [.. All().Select(domain => domain.Name)];

    private static IEnumerable<(string Name, Domain Domain)> All() =>
    [
        ("interval", new Interval("x", -1, 3)),
        ("box", new Box(("x", 0, 2), ("y", -1, 0.5), ("z", 3, 4))),
        ("disc", new Disc(1, -2, 1.5)),
        ("triangle", new Polygon([(0, 0), (2, 0.5), (0.5, 3)])),
        ("clockwise", new Polygon([(0, 0), (0, 1), (1, 2), (2, 1), (2, 0)])),
        ("divided", new Polygon([(0, 0), (1, 0), (2, 0), (2, 1), (1, 1), (0, 1)])),
        ("L", Polygon.LShape()),
        ("star", new Polygon(Star)),
        ("U", new Polygon([(0, 0), (3, 0), (3, 3), (2, 3), (2, 1), (1, 1), (1, 3), (0, 3)])),
        ("interval in time", new TimeDomain(new Interval("x", -1, 1), 0, 2)),
        ("disc in time", new TimeDomain(new Disc(0, 0, 2), 1, 2, axis: 1)),
        ("L in time", new TimeDomain(Polygon.LShape(), 0, 1, "s", 0)),
    ];

    private static Domain Get(string name) => All().Single(domain => domain.Name == name).Domain;

    [Theory]
    [MemberData(nameof(Names))]
    public void Points_lie_strictly_inside(string name)
    {
        Domain domain = Get(name);
        foreach (PointSequence sequence in Enum.GetValues<PointSequence>())
        {
            foreach (int count in new[] { 1, 7, 300 })
            {
                Tensor<double> points = domain.Interior(count, sequence, 9);
                Assert.Equal(domain.Dimension, points.Shape.Last);
                Assert.True(UnitPoints.IsProduct(sequence) ? points.Shape.Rows >= count : points.Shape.Rows == count);
                for (int row = 0; row < points.Shape.Rows; row++)
                {
                    double[] point = points.Row(row).ToArray();
                    Assert.True(domain.Contains(point, 0), $"{sequence} {string.Join(' ', point)}");
                    Assert.DoesNotContain(domain.Sides, side => side.Contains(point, 0));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Points_of_sides_have_outward_unit_normals(string name)
    {
        Domain domain = Get(name);
        var normal = new double[domain.Dimension];
        foreach (Side side in domain.Sides)
        {
            foreach (PointSequence sequence in Enum.GetValues<PointSequence>())
            {
                Tensor<double> points = side.Points(20, sequence, 2);
                Assert.True(points.Shape.Rows >= 20 || domain.Dimension == 1);
                for (int row = 0; row < points.Shape.Rows; row++)
                {
                    double[] point = points.Row(row).ToArray();
                    Assert.True(side.Contains(point) && domain.Contains(point));
                    Assert.Equal([side], domain.Sides.Where(other => other.Contains(point)));
                    side.Normal(point, normal);
                    Assert.Equal(1, Math.Sqrt(normal.Sum(n => n * n)), 1e-14);
                    Assert.True(domain.Contains(Step(point, normal, -1e-6), 0));
                    Assert.False(domain.Contains(Step(point, normal, 1e-6)));
                }
            }
        }
    }

    /// <summary>∫ div F over the domain is ∫ F·n over its sides: measures, normals and both kinds of rules at once.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Rules_and_normals_satisfy_the_divergence_theorem(string name)
    {
        Domain domain = Get(name);
        int d = domain.Dimension;
        // F_i = x_i² (1 + Σ x_j)
        double inside = DomainTruth.Integral(domain.Quadrature(5), x =>
        {
            double sum = 1, divergence = 0;
            foreach (double value in x)
                sum += value;
            foreach (double value in x)
                divergence += 2 * value * sum + value * value;
            return divergence;
        });
        double through = domain.Sides.Sum(side => DomainTruth.Integral(side.Quadrature(5), x =>
        {
            Span<double> normal = stackalloc double[d];
            side.Normal(x, normal);
            double sum = 1, flux = 0;
            foreach (double value in x)
                sum += value;
            for (int i = 0; i < d; i++)
                flux += x[i] * x[i] * sum * normal[i];
            return flux;
        }));
        Assert.Equal(inside, through, 1e-11 * (1 + Math.Abs(inside)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_add_up_to_measures(string name)
    {
        Domain domain = Get(name);
        foreach (int m in new[] { 1, 2, 7 })
        {
            Assert.Equal(domain.Measure, DomainTruth.Integral(domain.Quadrature(m), _ => 1), 1e-13 * domain.Measure);
            Assert.All(domain.Sides, side => Assert.Equal(side.Measure, DomainTruth.Integral(side.Quadrature(m), _ => 1), 1e-13 * side.Measure));
            Assert.All(domain.Quadrature(m).Weights.Span.ToArray(), weight => Assert.True(weight > 0));
        }

        Assert.Contains("at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => domain.Quadrature(0)).Message);
    }

    /// <summary>Equal shares of points fall left and right, low and high: the maps keep areas.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Points_are_spread_evenly(string name)
    {
        Domain domain = Get(name);
        Quadrature rule = domain.Quadrature(8);
        foreach (PointSequence sequence in new[] { PointSequence.Grid, PointSequence.Sobol, PointSequence.LatinHypercube, PointSequence.Random })
        {
            Tensor<double> points = domain.Interior(4096, sequence, 1);
            for (int axis = 0; axis < domain.Dimension; axis++)
            {
                double mean = DomainTruth.Integral(rule, x => x[axis]) / domain.Measure;
                double sampled = Enumerable.Range(0, points.Shape.Rows).Average(row => points[row, axis]);
                double extent = domain.Bounds[axis].High - domain.Bounds[axis].Low;
                Assert.InRange(Math.Abs(sampled - mean) / extent, 0, sequence == PointSequence.Random ? 0.02 : 0.01);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Distances_vanish_on_their_sides_alone_with_a_slope(string name)
    {
        Domain domain = Get(name);
        var normal = new double[domain.Dimension];
        List<Side[]> choices = [.. domain.Sides.Select(side => new[] { side }), [.. domain.FindSides("boundary")], [.. domain.Sides]];
        foreach (Side[] choice in choices)
        {
            if (domain.Distance(choice) is not Expression distance)
                continue;
            CompiledExpression value = distance.Compile(domain.Variables);
            double[] inside = value.Evaluate(domain.Interior(500, PointSequence.Sobol, 3).Span);
            Assert.All(inside, y => Assert.True(y > 1e-9));
            Assert.InRange(inside.Max(), 0.85, 1.1);
            foreach (Side side in domain.Sides)
            {
                Tensor<double> points = side.Points(15, PointSequence.Sobol, 3);
                for (int row = 0; row < points.Shape.Rows; row++)
                {
                    double[] point = points.Row(row).ToArray();
                    double here = value.Evaluate(point)[0];
                    if (!choice.Contains(side))
                    {
                        Assert.True(here > 1e-6);
                        continue;
                    }

                    Assert.Equal(0, here, 1e-14);
                    side.Normal(point, normal);
                    // a zero of higher order, or a root, would not halve with the step
                    double far = value.Evaluate(Step(point, normal, -1e-7))[0], near = value.Evaluate(Step(point, normal, -5e-8))[0];
                    Assert.InRange(far / 1e-7, 1e-4, 20);
                    Assert.Equal(2, far / near, 1e-4);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_text_of_a_domain_reads_back(string name)
    {
        Domain domain = Get(name);
        if (domain is TimeDomain { TimeAxis: 1, Space: Disc })
            return; // a text has no place for a time between the variables of a shape
        string time = domain is TimeDomain timed ? timed.Variables[timed.TimeAxis] : "t";
        Domain copy = DomainText.Parse(domain.ToString()!, domain is TimeDomain, time);
        Assert.Equal(domain.GetType(), copy.GetType());
        Assert.Equal(domain.Variables, copy.Variables);
        Assert.Equal(domain.Bounds, copy.Bounds);
        Assert.Equal(domain.Sides.Select(side => (side.Name, side.Measure)), copy.Sides.Select(side => (side.Name, side.Measure)));
    }

    private static double[] Step(double[] point, double[] direction, double length) => [.. point.Zip(direction, (x, n) => x + length * n)];
}
