namespace KanSharp.Equations.Domains;

/// <summary>Triangles that fill a simple polygon, by ear clipping (G. H. Meisters, "Polygons have ears", 1975).</summary>
internal static class Triangulation
{
    /// <summary>Corner numbers of the Count − 2 triangles or fewer; triangles without area are left out.</summary>
    public static List<(int A, int B, int C)> Of(PolygonOutline outline)
    {
        List<int> left = [.. Enumerable.Range(0, outline.Count)];
        double sign = Math.Sign(outline.SignedArea), flat = 1e-14 * outline.Size * outline.Size;
        List<(int A, int B, int C)> triangles = [];
        while (left.Count > 2)
        {
            int ear = FirstEar(outline, left, sign, flat);
            (int a, int b, int c) = Corner(left, ear);
            if (sign * PolygonOutline.Cross(outline[a], outline[b], outline[c]) > flat)
                triangles.Add((a, b, c));
            left.RemoveAt(ear);
        }

        return triangles;
    }

    /// <summary>The first corner that can be cut off; a straight one where only rounding leaves none.</summary>
    private static int FirstEar(PolygonOutline outline, List<int> left, double sign, double flat)
    {
        int straight = 0;
        for (int place = 0; place < left.Count; place++)
        {
            (int a, int b, int c) = Corner(left, place);
            double area = sign * PolygonOutline.Cross(outline[a], outline[b], outline[c]);
            if (area > flat && !left.Exists(other => other != a && other != b && other != c && Holds(outline, sign, a, b, c, other)))
                return place;
            if (Math.Abs(area) <= flat)
                straight = place;
        }

        return straight;
    }

    private static (int A, int B, int C) Corner(List<int> left, int place) =>
        (left[(place + left.Count - 1) % left.Count], left[place], left[(place + 1) % left.Count]);

    /// <summary>Whether the closed triangle a, b, c holds a corner.</summary>
    private static bool Holds(PolygonOutline outline, double sign, int a, int b, int c, int other) =>
        sign * PolygonOutline.Cross(outline[a], outline[b], outline[other]) >= 0
        && sign * PolygonOutline.Cross(outline[b], outline[c], outline[other]) >= 0
        && sign * PolygonOutline.Cross(outline[c], outline[a], outline[other]) >= 0;
}
