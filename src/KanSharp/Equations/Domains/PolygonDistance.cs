using KanSharp.Symbolics;

namespace KanSharp.Equations.Domains;

/// <summary>
/// The product over edges of linear functions. Where two edges meet at a re-entrant corner, the inside lies on the inner side of one line
/// or the other, and their factor is Rvachev's disjunction a + b + √(a² + b²) (V. L. Rvachev; V. Shapiro, "Semi-analytic geometry with
/// R-functions", Acta Numerica 2007): it is 0 on the two edges alone and smooth but in the corner. The product is 1 where it is largest.
/// </summary>
internal sealed class PolygonDistance
{
    private const double Closeness = 1e-9;
    private const double NearEnd = 1e-6;
    private const int GridPoints = 400;

    private readonly Polygon _polygon;
    private readonly PolygonOutline _outline;
    private readonly HashSet<int> _open;
    private readonly HashSet<int> _chosen;
    private readonly List<Expression> _factors = [];

    private PolygonDistance(Polygon polygon, IEnumerable<int> edges)
    {
        _polygon = polygon;
        _outline = polygon.Outline;
        _chosen = [.. edges];
        _open = [.. _chosen];
    }

    private int Count => _outline.Count;

    /// <summary>The function that is 0 on exactly these edges, null where products of such factors do not give one.</summary>
    public static Expression? Of(Polygon polygon, IReadOnlyList<int> edges)
    {
        var work = new PolygonDistance(polygon, edges);
        foreach (int edge in edges.Order())
        {
            if (work._open.Contains(edge) && !work.TryLine(edge) && !work.TryCorner(edge) && !work.TryCorner((edge + work.Count - 1) % work.Count))
                return null;
        }

        Expression product = Expression.Product(work._factors);
        return work._factors.Count < 2 ? product : product / work.Largest(product);
    }

    /// <summary>The largest value on a grid: each factor reaches 1, but not all of them in one place.</summary>
    private double Largest(Expression product) =>
        product.Compile(_polygon.Variables).Evaluate(_polygon.Interior(GridPoints, PointSequence.Grid, seed: 0).Span).Max();

    /// <summary>A line with the whole polygon on one side, touched in chosen edges only.</summary>
    private bool TryLine(int edge)
    {
        List<int> on = [.. Enumerable.Range(0, Count).Where(corner => Math.Abs(Inward(edge, corner)) <= Closeness)];
        List<int> edges = [.. on.Where(corner => on.Contains((corner + 1) % Count))];
        bool onlyChosen = edges.TrueForAll(_chosen.Contains) && on.TrueForAll(corner => edges.Contains(corner) || edges.Contains((corner + Count - 1) % Count));
        if (!onlyChosen || Enumerable.Range(0, Count).Any(corner => Inward(edge, corner) < -Closeness))
            return false;
        double largest = Enumerable.Range(0, Count).Max(corner => Inward(edge, corner));
        _factors.Add(Linear(edge, largest));
        _open.ExceptWith(edges);
        return true;
    }

    /// <summary>The edges before and after a re-entrant corner, if nothing else lies in the wedge between them.</summary>
    private bool TryCorner(int edge)
    {
        int next = (edge + 1) % Count;
        if (!_open.Contains(edge) || !_open.Contains(next) || Inward(edge, next + 1) >= -Closeness)
            return false;
        for (int other = 0; other < Count; other++)
        {
            if (other == edge || other == next)
                continue;
            (double low, double high) = InWedge(edge, next, other);
            bool touchesEnd = (other == (edge + Count - 1) % Count && low > 1 - NearEnd) || (other == (next + 1) % Count && high < NearEnd);
            if (low <= high && !touchesEnd)
                return false;
        }

        double largest = Enumerable.Range(0, Count).Max(corner =>
        {
            double a = Inward(edge, corner), b = Inward(next, corner);
            return a + b + double.Hypot(a, b);
        });
        Expression first = Linear(edge, largest), second = Linear(next, largest);
        _factors.Add(first + second + Expression.Sqrt(Expression.Power(first, 2) + Expression.Power(second, 2)));
        _open.ExceptWith([edge, next]);
        return true;
    }

    /// <summary>The part of an edge, as fractions of it, on the outer side of both lines; low above high where there is none.</summary>
    private (double Low, double High) InWedge(int first, int second, int edge)
    {
        double low = 0, high = 1;
        foreach (int line in (ReadOnlySpan<int>)[first, second])
        {
            double start = Inward(line, edge) - Closeness, end = Inward(line, edge + 1) - Closeness;
            if (start > 0 && end > 0)
                return (1, 0);
            if (start > 0)
                low = Math.Max(low, start / (start - end));
            else if (end > 0)
                high = Math.Min(high, start / (start - end));
        }

        return (low, high);
    }

    /// <summary>Signed distance of a corner from the line of an edge, as a fraction of the polygon's size; positive inside.</summary>
    private double Inward(int edge, int corner) => _outline.Inward(edge, _outline[corner]) / (_polygon.Sides[edge].Measure * _outline.Size);

    /// <summary>Signed distance from the line of an edge over <paramref name="scale"/> sizes of the polygon.</summary>
    private Expression Linear(int edge, double scale)
    {
        (double x, double y) = ((EdgeSide)_polygon.Sides[edge]).Outward;
        double unit = -1 / (scale * _outline.Size);
        return unit * x * (Expression.Variable(_polygon.Variables[0]) - _outline[edge].X)
            + unit * y * (Expression.Variable(_polygon.Variables[1]) - _outline[edge].Y);
    }
}
