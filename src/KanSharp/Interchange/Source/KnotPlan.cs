using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Source;

/// <summary>
/// How the knots of a layer are written: evenly spaced ones by their first knot and the inverse of their distance, others as they are. Rows that are all the same are
/// written once.
/// </summary>
/// <param name="Basis">The B-splines.</param>
/// <param name="IsEven">Whether all rows are evenly spaced.</param>
/// <param name="Rows">Number of rows that differ: 1, or one for each input.</param>
/// <param name="Start">First knot that counts, t_k or, for functions that vanish outside, t_0; one for each row.</param>
/// <param name="Inverse">1 over the distance of knots, one for each row; empty for uneven knots.</param>
/// <param name="Knots">Rows of uneven knots; where functions vanish outside, k copies of the end knots are added on both sides.</param>
internal sealed record KnotPlan(SplineBasis Basis, bool IsEven, int Rows, double[] Start, double[] Inverse, double[] Knots)
{
    // shares of the largest knot: a few units in its last place, as inputs themselves are rounded
    private const double EvenDouble = 1e-15, EvenSingle = 5e-7;

    /// <summary>Numbers in a row of <see cref="Knots"/>.</summary>
    public int Width => Knots.Length / Rows;

    /// <summary>Cells in which functions are not all zero: those of the grid, or of all knots.</summary>
    public int Cells => Basis.LinearOutside ? Basis.Intervals : Basis.Intervals + (2 * Basis.Degree);

    /// <summary>Plans the knots.</summary>
    /// <param name="basis">The B-splines.</param>
    /// <param name="single">Whether the model or the source is of single precision.</param>
    public static KnotPlan Of(SplineBasis basis, bool single)
    {
        int width = basis.Intervals + (2 * basis.Degree) + 1, rows = basis.Knots.Length / width;
        double[][] knots = [.. basis.Knots.Chunk(width)];
        if (Array.TrueForAll(knots, row => row.AsSpan().SequenceEqual(knots[0])))
            (knots, rows) = ([knots[0]], 1);
        int first = basis.LinearOutside ? basis.Degree : 0;
        double tolerance = single ? EvenSingle : EvenDouble;
        bool even = Array.TrueForAll(knots, row => AreEven(row.AsSpan(first, width - (2 * first)), tolerance));
        if (even)
        {
            return new KnotPlan(
                basis, true, rows, Array.ConvertAll(knots, row => row[first]), Array.ConvertAll(knots, row => (width - 1 - (2 * first)) / (row[width - 1 - first] - row[first])), []);
        }

        int extra = basis.LinearOutside ? 0 : basis.Degree;
        double[] padded = [.. knots.SelectMany(row => (double[])[.. Enumerable.Repeat(row[0], extra), .. row, .. Enumerable.Repeat(row[^1], extra)])];
        return new KnotPlan(basis, false, rows, Array.ConvertAll(knots, row => row[first]), [], padded);
    }

    private static bool AreEven(ReadOnlySpan<double> points, double tolerance)
    {
        double step = (points[^1] - points[0]) / (points.Length - 1), room = tolerance * Math.Max(Math.Abs(points[0]), Math.Abs(points[^1]));
        for (int index = 0; index < points.Length; index++)
        {
            if (!(Math.Abs(points[index] - points[0] - (index * step)) <= Math.Min(room, step / 100)))
                return false;
        }

        return true;
    }
}
