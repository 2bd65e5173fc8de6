using KanSharp.Autodiff;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Domains;

/// <summary>A simple polygon of the plane, convex or not. Its sides are <c>edge 1</c> from the first corner to the second, and following.</summary>
public sealed class Polygon : Domain
{
    /// <summary>How far points of a grid keep off the edges, as a fraction of the largest coordinate.</summary>
    private const double Margin = 1e-9;

    private readonly (int A, int B, int C)[] _triangles;
    private readonly double[] _upTo;

    /// <summary>Creates a polygon.</summary>
    /// <param name="corners">The corners in order around it, either way; three or more. Corners on a straight line divide a side in two.</param>
    /// <param name="xName">Name of the first variable.</param>
    /// <param name="yName">Name of the second variable.</param>
    /// <exception cref="ArgumentException">Fewer corners, corners that coincide or are not finite, edges that cross or touch, or a name that is reserved or occurs twice.</exception>
    public Polygon(IReadOnlyList<(double X, double Y)> corners, string xName = "x", string yName = "y")
        : base([xName, yName])
    {
        ArgumentNullException.ThrowIfNull(corners);
        Outline = new PolygonOutline(corners);
        DomainChecks.Require(Outline.Problem(), nameof(corners));
        Corners = [.. Enumerable.Range(0, Outline.Count).Select(i => Outline[i])];
        Bounds = [(Corners.Min(p => p.X), Corners.Max(p => p.X)), (Corners.Min(p => p.Y), Corners.Max(p => p.Y))];
        Measure = Math.Abs(Outline.SignedArea);
        Sides = [.. Enumerable.Range(0, Corners.Count).Select(edge => new EdgeSide(this, edge))];
        _triangles = [.. Triangulation.Of(Outline)];
        _upTo = new double[_triangles.Length];
        double total = 0;
        for (int i = 0; i < _upTo.Length; i++)
            _upTo[i] = total += Area(_triangles[i]);
    }

    /// <summary>The corners in the order given.</summary>
    public IReadOnlyList<(double X, double Y)> Corners { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(double Low, double High)> Bounds { get; }

    /// <inheritdoc/>
    public override double Measure { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Side> Sides { get; }

    internal PolygonOutline Outline { get; }

    /// <summary>
    /// The L-shape: the square [−1, 1]² without the quadrant [0, 1] × [−1, 0] below the positive first axis. Corners run
    /// counterclockwise from (−1, −1); edges 2 and 3 meet at the re-entrant corner in the origin.
    /// </summary>
    /// <param name="xName">Name of the first variable.</param>
    /// <param name="yName">Name of the second variable.</param>
    /// <exception cref="ArgumentException">A name that is reserved or occurs twice.</exception>
    public static Polygon LShape(string xName = "x", string yName = "y") => new([(-1, -1), (0, -1), (0, 0), (1, 0), (1, 1), (-1, 1)], xName, yName);

    /// <summary>
    /// Points strictly inside. A grid or Chebyshev points are those of the bounding box that fall inside, made denser until there are
    /// enough; the other sequences are mapped onto a triangulation, areas keeping their ratio.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor<double> Interior(int count, PointSequence sequence, ulong seed)
    {
        if (!UnitPoints.IsProduct(sequence))
            return base.Interior(count, sequence, seed);
        DomainChecks.Count(count);
        double box = (Bounds[0].High - Bounds[0].Low) * (Bounds[1].High - Bounds[1].Low);
        int perAxis = Math.Max(1, (int)Math.Sqrt(count * (box / Measure)));
        while (true)
        {
            List<double> inside = Inside(UnitPoints.Generate(sequence, checked(perAxis * perAxis), 2, new SplitRandom(seed)));
            if (inside.Count >= 2 * count)
                return new Tensor<double>(new Shape(inside.Count / 2, 2), [.. inside]);
            perAxis += 1 + perAxis / 64;
        }
    }

    /// <summary>m² Gauss-Legendre points in each triangle, collapsed from the square (M. G. Duffy, 1982): exact for total degree 2m − 2.</summary>
    /// <param name="pointsPerAxis">Number m, at least 1.</param>
    public override Quadrature Quadrature(int pointsPerAxis)
    {
        UnitRule square = UnitRule.Gauss(pointsPerAxis, 2);
        int each = square.Weights.Length;
        var points = new Tensor<double>(new Shape(checked(each * _triangles.Length), 2));
        var weights = new Tensor<double>(new Shape(points.Shape.Rows));
        for (int row = 0; row < weights.Shape.Count; row++)
        {
            double along = square.Points[row % each * 2], across = square.Points[row % each * 2 + 1];
            Place(_triangles[row / each], along, across, points.Row(row));
            weights[row] = square.Weights[row % each] * 2 * along * Area(_triangles[row / each]);
        }

        return new Quadrature(points, weights);
    }

    /// <summary>The text that <see cref="DomainText"/> reads, such as <c>x,y in polygon(0 0, 1 0, 0.5 1)</c>.</summary>
    public override string ToString() => $"{Variables[0]},{Variables[1]} in polygon("
        + string.Join(", ", Corners.Select(corner => $"{DomainChecks.Text(corner.X)} {DomainChecks.Text(corner.Y)}")) + ")";

    internal override void Map(ReadOnlySpan<double> unit, Span<double> point)
    {
        double area = unit[0] * _upTo[^1];
        int index = Array.BinarySearch(_upTo, area);
        index = Math.Min(index < 0 ? ~index : index, _upTo.Length - 1);
        double before = index == 0 ? 0 : _upTo[index - 1];
        double rest = Math.Clamp((area - before) / (_upTo[index] - before), 1e-15, 1 - 1e-15);
        Place(_triangles[index], Math.Sqrt(rest), unit[1], point);
    }

    internal override bool Covers(ReadOnlySpan<double> point, double tolerance) =>
        Outline.Surrounds((point[0], point[1])) || Outline.DistanceToBoundary((point[0], point[1])) <= tolerance * Outline.Size;

    private protected override Expression? DistanceTo(IReadOnlyList<Side> sides) =>
        PolygonDistance.Of(this, [.. sides.Select(side => ((EdgeSide)side).Edge)]);

    private List<double> Inside(double[] unit)
    {
        List<double> inside = [];
        for (int i = 0; i < unit.Length; i += 2)
        {
            (double X, double Y) point = (Box.At(Bounds[0], unit[i]), Box.At(Bounds[1], unit[i + 1]));
            if (Outline.Surrounds(point) && Outline.DistanceToBoundary(point) > Margin * Outline.Size)
                inside.AddRange([point.X, point.Y]);
        }

        return inside;
    }

    /// <summary>A + along·((B − A) + across·(C − B)), both fractions in (0, 1); the area element is 2·area·along.</summary>
    private void Place((int A, int B, int C) triangle, double along, double across, Span<double> point)
    {
        ((double X, double Y) a, (double X, double Y) b, (double X, double Y) c) = (Corners[triangle.A], Corners[triangle.B], Corners[triangle.C]);
        point[0] = a.X + along * (b.X - a.X + across * (c.X - b.X));
        point[1] = a.Y + along * (b.Y - a.Y + across * (c.Y - b.Y));
    }

    private double Area((int A, int B, int C) triangle) =>
        Math.Abs(PolygonOutline.Cross(Corners[triangle.A], Corners[triangle.B], Corners[triangle.C])) / 2;
}
