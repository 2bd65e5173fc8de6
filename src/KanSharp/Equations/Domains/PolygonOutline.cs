namespace KanSharp.Equations.Domains;

/// <summary>The closed chain of corners of a polygon: its area, what is wrong with it, and where points lie relative to it.</summary>
internal sealed class PolygonOutline
{
    /// <summary>Distances below this fraction of the largest coordinate count as none.</summary>
    private const double Closeness = 1e-10;

    private readonly (double X, double Y)[] _corners;

    public PolygonOutline(IEnumerable<(double X, double Y)> corners)
    {
        _corners = [.. corners.Select(corner => (corner.X + 0.0, corner.Y + 0.0))];
        Size = _corners.Aggregate(0.0, (size, corner) => Math.Max(size, Math.Max(Math.Abs(corner.X), Math.Abs(corner.Y))));
        for (int i = 0; i < Count; i++)
            SignedArea += Cross(this[0], this[i], this[i + 1]) / 2;
    }

    public int Count => _corners.Length;

    /// <summary>Area, positive for corners given counterclockwise.</summary>
    public double SignedArea { get; }

    /// <summary>The largest coordinate.</summary>
    public double Size { get; }

    /// <summary>The corners, counted round and round.</summary>
    public (double X, double Y) this[int index] => _corners[(index % Count + Count) % Count];

    /// <summary>Twice the signed area of the triangle a, b, c.</summary>
    public static double Cross((double X, double Y) a, (double X, double Y) b, (double X, double Y) c) =>
        (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X);

    /// <summary>What makes it no simple polygon; null if nothing does.</summary>
    public string? Problem()
    {
        if (Count < 3)
            return $"a polygon has at least 3 corners, not {Count}";
        if (!double.IsFinite(Size) || !double.IsFinite(SignedArea))
            return "the corners of a polygon are finite numbers, and so is its area";
        double close = Closeness * Size;
        for (int i = 0; i < Count; i++)
        {
            if (Length(this[i], this[i + 1]) <= close)
                return $"edge {i + 1} of the polygon has no length: corners {i + 1} and {(i + 1) % Count + 1} are the same";
        }

        for (int i = 0; i < Count; i++)
        {
            // a neighbour that turns straight back, or any other edge that comes near
            if (DistanceToEdge(i, this[i + 2]) <= close || DistanceToEdge(i + 1, this[i]) <= close)
                return Crossing(i, (i + 1) % Count);
            for (int j = i + 2; j < Count; j++)
            {
                if ((i > 0 || j < Count - 1) && Meets(i, j, close))
                    return Crossing(i, j);
            }
        }

        return null;
    }

    /// <summary>Distance of a point to an edge, its ends included.</summary>
    public double DistanceToEdge(int edge, (double X, double Y) point)
    {
        (double X, double Y) a = this[edge], b = this[edge + 1];
        double dx = b.X - a.X, dy = b.Y - a.Y;
        double along = Math.Clamp(((point.X - a.X) * dx + (point.Y - a.Y) * dy) / (dx * dx + dy * dy), 0, 1);
        return double.Hypot(a.X + along * dx - point.X, a.Y + along * dy - point.Y);
    }

    /// <summary>Distance of a point to the nearest edge.</summary>
    public double DistanceToBoundary((double X, double Y) point)
    {
        double nearest = double.PositiveInfinity;
        for (int edge = 0; edge < Count; edge++)
            nearest = Math.Min(nearest, DistanceToEdge(edge, point));
        return nearest;
    }

    /// <summary>Whether a point off the edges lies inside: a ray to the right crosses an odd number of them.</summary>
    public bool Surrounds((double X, double Y) point)
    {
        bool inside = false;
        for (int i = 0; i < Count; i++)
        {
            (double X, double Y) a = this[i], b = this[i + 1];
            if (a.Y > point.Y != b.Y > point.Y && point.X < a.X + (point.Y - a.Y) / (b.Y - a.Y) * (b.X - a.X))
                inside = !inside;
        }

        return inside;
    }

    /// <summary>Signed distance from the line of an edge times the length of the edge, positive on the side of the inside.</summary>
    public double Inward(int edge, (double X, double Y) point) => Math.Sign(SignedArea) * Cross(this[edge], this[edge + 1], point);

    public static double Length((double X, double Y) a, (double X, double Y) b) => double.Hypot(b.X - a.X, b.Y - a.Y);

    private bool Meets(int i, int j, double close)
    {
        if (DistanceToEdge(i, this[j]) <= close || DistanceToEdge(i, this[j + 1]) <= close
            || DistanceToEdge(j, this[i]) <= close || DistanceToEdge(j, this[i + 1]) <= close)
            return true;
        return Cross(this[i], this[i + 1], this[j]) > 0 != Cross(this[i], this[i + 1], this[j + 1]) > 0
            && Cross(this[j], this[j + 1], this[i]) > 0 != Cross(this[j], this[j + 1], this[i + 1]) > 0;
    }

    private static string Crossing(int i, int j) =>
        $"edges {i + 1} and {j + 1} of the polygon meet; give the corners in order around a shape that does not cross or touch itself";
}
