namespace KanSharp.Plotting.Rasters;

/// <summary>Cuts a line into the strokes of its pattern; the pattern goes on around corners.</summary>
internal static class DashedLine
{
    public static IEnumerable<(ScenePoint From, ScenePoint To)> Pieces(IReadOnlyList<ScenePoint> points, LineDash dash)
    {
        (double stroke, double gap) = dash switch { LineDash.Dashed => (6, 4), LineDash.Dotted => (1.5, 3), _ => (double.PositiveInfinity, 0.0) };
        double place = 0;
        if (points.Count == 1)
            yield return (points[0], points[0]);
        for (int i = 0; i + 1 < points.Count; i++)
        {
            ScenePoint a = points[i], b = points[i + 1];
            if (dash == LineDash.Solid)
            {
                yield return (a, b);
                continue;
            }

            double length = Math.Sqrt(((b.X - a.X) * (b.X - a.X)) + ((b.Y - a.Y) * (b.Y - a.Y))), done = 0;
            while (done < length)
            {
                double step = Math.Min(length - done, (place < stroke ? stroke : stroke + gap) - place);
                if (place < stroke)
                    yield return (Between(a, b, done / length), Between(a, b, (done + step) / length));
                done += step;
                place = place + step >= stroke + gap ? 0 : place + step;
            }
        }
    }

    private static ScenePoint Between(ScenePoint a, ScenePoint b, double share) => new(a.X + (share * (b.X - a.X)), a.Y + (share * (b.Y - a.Y)));
}
