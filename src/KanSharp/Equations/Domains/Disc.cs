using KanSharp.Autodiff;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Domains;

/// <summary>A disc of the plane. Its one side is the circle, named <c>boundary</c>.</summary>
public sealed class Disc : Domain
{
    /// <summary>Creates a disc.</summary>
    /// <param name="x">First coordinate of the centre.</param>
    /// <param name="y">Second coordinate of the centre.</param>
    /// <param name="radius">Radius, above 0.</param>
    /// <param name="xName">Name of the first variable.</param>
    /// <param name="yName">Name of the second variable.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is not positive and finite.</exception>
    /// <exception cref="ArgumentException">The centre is not finite, the radius vanishes beside it, or a name is reserved or occurs twice.</exception>
    public Disc(double x, double y, double radius, string xName = "x", string yName = "y")
        : base([xName, yName])
    {
        Radius = DomainChecks.Positive(radius, nameof(radius));
        Bounds = [(x - radius, x + radius), (y - radius, y + radius)];
        for (int axis = 0; axis < 2; axis++)
            DomainChecks.Require(DomainChecks.RangeProblem(Variables[axis], Bounds[axis].Low, Bounds[axis].High), nameof(radius));
        Centre = (x + 0.0, y + 0.0);
        Measure = Math.PI * radius * radius;
        Sides = [new CircleSide(this)];
    }

    /// <summary>The centre.</summary>
    public (double X, double Y) Centre { get; }

    /// <summary>The radius.</summary>
    public double Radius { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(double Low, double High)> Bounds { get; }

    /// <inheritdoc/>
    public override double Measure { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Side> Sides { get; }

    /// <summary>m Gauss-Legendre points of the squared radius times 2m equal angles: exact for polynomials of total degree 2m − 1.</summary>
    /// <param name="pointsPerAxis">Number m, at least 1.</param>
    public override Quadrature Quadrature(int pointsPerAxis)
    {
        (double[] nodes, double[] weights) = UnitRule.Nodes(pointsPerAxis);
        int angles = checked(2 * pointsPerAxis);
        int count = checked(pointsPerAxis * angles);
        var points = new Tensor<double>(new Shape(count, 2));
        var products = new Tensor<double>(new Shape(count));
        for (int row = 0; row < count; row++)
        {
            Polar(Radius * Math.Sqrt(nodes[row / angles]), 2 * Math.PI * (row % angles) / angles, points.Row(row));
            products[row] = Measure * weights[row / angles] / angles;
        }

        return new Quadrature(points, products);
    }

    /// <summary>The text that <see cref="DomainText"/> reads, such as <c>x,y in disc(0,0,1)</c>.</summary>
    public override string ToString() => string.Create(null,
        $"{Variables[0]},{Variables[1]} in disc({DomainChecks.Text(Centre.X)},{DomainChecks.Text(Centre.Y)},{DomainChecks.Text(Radius)})");

    internal void Polar(double radius, double angle, Span<double> point)
    {
        point[0] = Centre.X + radius * Math.Cos(angle);
        point[1] = Centre.Y + radius * Math.Sin(angle);
    }

    /// <summary>
    /// The concentric map of P. Shirley and K. Chiu, "A low distortion map between disk and square", J. Graphics Tools 2 (1997): squares
    /// around the centre become circles, areas keep their ratio, neighbours stay neighbours.
    /// </summary>
    internal override void Map(ReadOnlySpan<double> unit, Span<double> point)
    {
        // just below 1, so that no point rounds onto the circle
        const double inside = 1 - 4e-15;
        double a = inside * (2 * unit[0] - 1), b = inside * (2 * unit[1] - 1);
        if (Math.Abs(a) > Math.Abs(b))
            Polar(Radius * a, Math.PI / 4 * (b / a), point);
        else
            Polar(Radius * b, b == 0 ? 0 : Math.PI / 2 - Math.PI / 4 * (a / b), point);
    }

    internal override bool Covers(ReadOnlySpan<double> point, double tolerance) => FromCentre(point) <= Radius + Slack(tolerance);

    /// <summary>Distance of a point from the centre.</summary>
    internal double FromCentre(ReadOnlySpan<double> point) => double.Hypot(point[0] - Centre.X, point[1] - Centre.Y);

    internal double Slack(double tolerance) => tolerance * Math.Max(Scale(0), Scale(1));

    private protected override Expression DistanceTo(IReadOnlyList<Side> sides)
    {
        if (sides.Count == 0)
            return Expression.One;
        Expression square = Expression.Power(Expression.Variable(Variables[0]) - Centre.X, 2)
            + Expression.Power(Expression.Variable(Variables[1]) - Centre.Y, 2);
        return 1 - square / (Radius * Radius);
    }
}
