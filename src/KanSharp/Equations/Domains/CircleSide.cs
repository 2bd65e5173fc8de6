using KanSharp.Autodiff;

namespace KanSharp.Equations.Domains;

/// <summary>The circle around a disc.</summary>
internal sealed class CircleSide(Disc disc) : Side("boundary", coordinates: 2, measure: 2 * Math.PI * disc.Radius)
{
    /// <summary>Equal angles: exact for polynomials of total degree 2m − 1.</summary>
    public override Quadrature Quadrature(int pointsPerAxis)
    {
        int count = checked(2 * UnitRule.Nodes(pointsPerAxis).Nodes.Length);
        var points = new Tensor<double>(new Shape(count, 2));
        var weights = new Tensor<double>(new Shape(count));
        weights.Span.Fill(Measure / count);
        for (int row = 0; row < count; row++)
            disc.Polar(disc.Radius, 2 * Math.PI * row / count, points.Row(row));
        return new Quadrature(points, weights);
    }

    internal override void Map(ReadOnlySpan<double> unit, Span<double> point) => disc.Polar(disc.Radius, 2 * Math.PI * unit[0], point);

    internal override void NormalAt(ReadOnlySpan<double> point, Span<double> normal)
    {
        double distance = disc.FromCentre(point);
        normal[0] = (point[0] - disc.Centre.X) / distance;
        normal[1] = (point[1] - disc.Centre.Y) / distance;
    }

    internal override bool Covers(ReadOnlySpan<double> point, double tolerance) =>
        Math.Abs(disc.FromCentre(point) - disc.Radius) <= disc.Slack(tolerance);
}
