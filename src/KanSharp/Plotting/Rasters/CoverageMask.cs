namespace KanSharp.Plotting.Rasters;

/// <summary>How much of every pixel a shape covers, 0 to 1. Pieces of one shape join: a pixel keeps the largest share.</summary>
internal sealed class CoverageMask(int width, int height)
{
    private readonly float[] _shares = new float[checked(width * height)];

    /// <summary>Columns and rows that may be covered; the last ones are not part of it.</summary>
    public (int Left, int Top, int Right, int Bottom) Bounds { get; private set; } = (width, height, 0, 0);

    public float this[int x, int y] => _shares[(y * width) + x];

    /// <summary>A straight line.</summary>
    /// <param name="from">Start, pixels.</param>
    /// <param name="to">End, pixels.</param>
    /// <param name="thickness">Pixels.</param>
    /// <param name="round">Whether the ends are half circles; otherwise the line ends where it says.</param>
    public void Segment(ScenePoint from, ScenePoint to, double thickness, bool round)
    {
        double half = thickness / 2, length = Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)));
        (double dx, double dy) = length > 0 ? ((to.X - from.X) / length, (to.Y - from.Y) / length) : (1.0, 0.0);
        double most = Math.Min(1, thickness);
        Cover(
            Math.Min(from.X, to.X) - half, Math.Min(from.Y, to.Y) - half, Math.Max(from.X, to.X) + half, Math.Max(from.Y, to.Y) + half,
            (x, y) =>
            {
                double along = ((x - from.X) * dx) + ((y - from.Y) * dy), across = Math.Abs(((y - from.Y) * dx) - ((x - from.X) * dy));
                if (!round)
                    return Math.Min(Share(half - across, most), Share(Math.Min(along, length - along), 1));
                double beyond = Math.Max(0, Math.Max(-along, along - length));
                return Share(half - Math.Sqrt((across * across) + (beyond * beyond)), most);
            });
    }

    /// <summary>An upright rectangle with round corners; a circle where the radius is half its sides.</summary>
    /// <param name="box">Its place, pixels.</param>
    /// <param name="radius">Radius of the corners, pixels.</param>
    /// <param name="thickness">Width of the outline in pixels; null covers the interior.</param>
    public void Rectangle(Box box, double radius, double? thickness)
    {
        radius = Math.Min(radius, Math.Min(box.Width, box.Height) / 2);
        double centreX = box.X + (box.Width / 2), centreY = box.Y + (box.Height / 2), half = (thickness ?? 0) / 2;
        Cover(
            box.X - half, box.Y - half, box.X + box.Width + half, box.Y + box.Height + half,
            (x, y) =>
            {
                double qx = Math.Abs(x - centreX) - (box.Width / 2) + radius, qy = Math.Abs(y - centreY) - (box.Height / 2) + radius;
                double outside = Math.Sqrt((Math.Max(qx, 0) * Math.Max(qx, 0)) + (Math.Max(qy, 0) * Math.Max(qy, 0))) + Math.Min(Math.Max(qx, qy), 0) - radius;
                return thickness is { } width ? Share(half - Math.Abs(outside), Math.Min(1, width)) : Share(-outside, 1);
            });
    }

    /// <summary>The interior of a polygon, by the number of its turns around a point (non-zero rule); four lines of samples for a row of pixels.</summary>
    public void Polygon(IReadOnlyList<ScenePoint> corners)
    {
        const int Lines = 4;
        if (corners.Count < 3)
            return;
        (int left, int top, int right, int bottom) = Clip(corners.Min(p => p.X), corners.Min(p => p.Y), corners.Max(p => p.X), corners.Max(p => p.Y));
        var row = new float[width];
        var crossings = new List<(double X, int Turn)>();
        for (int y = top; y < bottom; y++)
        {
            Array.Clear(row);
            for (int line = 0; line < Lines; line++)
            {
                Crossings(corners, y + ((line + 0.5) / Lines), crossings);
                int turns = 0;
                for (int k = 0; k + 1 < crossings.Count; k++)
                {
                    turns += crossings[k].Turn;
                    if (turns != 0)
                        AddSpan(row, crossings[k].X, crossings[k + 1].X, 1f / Lines);
                }
            }

            for (int x = left; x < right; x++)
                Raise(x, y, row[x]);
        }
    }

    /// <summary>Nothing is covered any more.</summary>
    public void Clear()
    {
        (int left, int top, int right, int bottom) = Bounds;
        for (int y = top; y < bottom; y++)
            _shares.AsSpan((y * width) + left, Math.Max(0, right - left)).Clear();
        Bounds = (width, height, 0, 0);
    }

    private static void Crossings(IReadOnlyList<ScenePoint> corners, double y, List<(double X, int Turn)> crossings)
    {
        crossings.Clear();
        for (int i = 0; i < corners.Count; i++)
        {
            ScenePoint a = corners[i], b = corners[(i + 1) % corners.Count];
            if (a.Y <= y != b.Y <= y)
                crossings.Add((a.X + ((y - a.Y) / (b.Y - a.Y) * (b.X - a.X)), a.Y < b.Y ? 1 : -1));
        }

        crossings.Sort((a, b) => a.X.CompareTo(b.X));
    }

    private void AddSpan(float[] row, double from, double to, float weight)
    {
        from = Math.Clamp(from, 0, width);
        to = Math.Clamp(to, 0, width);
        for (int x = (int)from; x < Math.Min(width, Math.Ceiling(to)); x++)
            row[x] = Math.Min(1, row[x] + ((float)(Math.Min(to, x + 1) - Math.Max(from, x)) * weight));
    }

    /// <summary>Share of a pixel whose centre lies so far inside the shape.</summary>
    private static double Share(double inside, double most) => Math.Clamp(inside + 0.5, 0, most);

    private void Cover(double left, double top, double right, double bottom, Func<double, double, double> share)
    {
        (int fromX, int fromY, int toX, int toY) = Clip(left, top, right, bottom);
        for (int y = fromY; y < toY; y++)
        {
            for (int x = fromX; x < toX; x++)
                Raise(x, y, (float)share(x + 0.5, y + 0.5));
        }
    }

    private void Raise(int x, int y, float share)
    {
        ref float present = ref _shares[(y * width) + x];
        if (share > present)
            present = share;
    }

    /// <summary>Whole pixels around a rectangle, one more at each side for soft edges; they are marked as covered.</summary>
    private (int Left, int Top, int Right, int Bottom) Clip(double left, double top, double right, double bottom)
    {
        int Limit(double value, int most) => (int)Math.Clamp(value, 0, most);
        (int Left, int Top, int Right, int Bottom) clipped = (
            Limit(Math.Floor(left) - 1, width), Limit(Math.Floor(top) - 1, height), Limit(Math.Ceiling(right) + 1, width), Limit(Math.Ceiling(bottom) + 1, height));
        Bounds = (
            Math.Min(Bounds.Left, clipped.Left), Math.Min(Bounds.Top, clipped.Top), Math.Max(Bounds.Right, clipped.Right), Math.Max(Bounds.Bottom, clipped.Bottom));
        return clipped;
    }
}
