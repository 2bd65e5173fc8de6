namespace KanSharp.Equations.Domains;

/// <summary>An edge of a polygon.</summary>
internal sealed class EdgeSide : Side
{
    private readonly PolygonOutline _outline;
    private readonly (double X, double Y) _from;
    private readonly (double X, double Y) _to;

    public EdgeSide(Polygon polygon, int edge)
        : base($"edge {edge + 1}", coordinates: 2, PolygonOutline.Length(polygon.Outline[edge], polygon.Outline[edge + 1]))
    {
        _outline = polygon.Outline;
        Edge = edge;
        (_from, _to) = (_outline[edge], _outline[edge + 1]);
        Axis = _from.X == _to.X ? 0 : _from.Y == _to.Y ? 1 : null;
        Value = Axis switch { 0 => _from.X, 1 => _from.Y, _ => null };
    }

    /// <summary>Number of the edge, from 0.</summary>
    public int Edge { get; }

    /// <summary>The outward unit normal.</summary>
    public (double X, double Y) Outward
    {
        get
        {
            double sign = Math.Sign(_outline.SignedArea) / Measure;
            return (sign * (_to.Y - _from.Y) + 0.0, sign * (_from.X - _to.X) + 0.0);
        }
    }

    internal override void Map(ReadOnlySpan<double> unit, Span<double> point)
    {
        point[0] = _from.X + unit[0] * (_to.X - _from.X);
        point[1] = _from.Y + unit[0] * (_to.Y - _from.Y);
    }

    internal override void NormalAt(ReadOnlySpan<double> point, Span<double> normal) => (normal[0], normal[1]) = Outward;

    internal override bool Covers(ReadOnlySpan<double> point, double tolerance) =>
        _outline.DistanceToEdge(Edge, (point[0], point[1])) <= tolerance * _outline.Size;
}
