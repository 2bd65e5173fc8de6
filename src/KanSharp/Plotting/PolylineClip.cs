namespace KanSharp.Plotting;

/// <summary>Cuts a line to the plot area (Liang-Barsky) and splits it at gaps.</summary>
internal static class PolylineClip
{
    /// <summary>The visible pieces in order; NaN coordinates mark gaps. A piece of one point is a lone point.</summary>
    public static List<List<ScenePoint>> Cut(IReadOnlyList<ScenePoint> points, Box area)
    {
        var pieces = new List<List<ScenePoint>>();
        List<ScenePoint>? piece = null;
        for (int i = 0; i < points.Count; i++)
        {
            ScenePoint point = points[i];
            bool joined = i > 0 && IsPoint(points[i - 1]) && IsPoint(point);
            if (joined && Segment(points[i - 1], point, area) is (ScenePoint from, ScenePoint to))
            {
                if (piece is null || piece[^1] != from)
                    pieces.Add(piece = [from]);
                if (piece[^1] != to)
                    piece.Add(to);
            }
            else if (!joined)
            {
                piece = null;
                if (IsPoint(point) && Inside(point, area))
                    pieces.Add(piece = [point]);
            }
        }

        return pieces;
    }

    public static bool Inside(ScenePoint point, Box area) =>
        point.X >= area.X && point.X <= area.Right && point.Y >= area.Y && point.Y <= area.Bottom;

    private static bool IsPoint(ScenePoint point) => double.IsFinite(point.X) && double.IsFinite(point.Y);

    private static (ScenePoint From, ScenePoint To)? Segment(ScenePoint a, ScenePoint b, Box area)
    {
        double start = 0, end = 1, dx = b.X - a.X, dy = b.Y - a.Y;
        if (!Clip(-dx, a.X - area.X, ref start, ref end) || !Clip(dx, area.Right - a.X, ref start, ref end)
            || !Clip(-dy, a.Y - area.Y, ref start, ref end) || !Clip(dy, area.Bottom - a.Y, ref start, ref end))
            return null;
        ScenePoint At(double t) => t <= 0 ? a : t >= 1 ? b : new ScenePoint(a.X + (t * dx), a.Y + (t * dy));
        return (At(start), At(end));
    }

    private static bool Clip(double slope, double distance, ref double start, ref double end)
    {
        if (slope == 0)
            return distance >= 0;
        double t = distance / slope;
        if (slope < 0)
            start = Math.Max(start, t);
        else
            end = Math.Min(end, t);
        return start <= end;
    }
}
