namespace KanSharp.Bases;

/// <summary>
/// The polynomial pieces of B-splines. On the cell [t_c, t_{c+1}) the k+1 functions B_{c−k} … B_c are polynomials in u = (x − t_c)/(t_{c+1} − t_c);
/// their coefficients come from the Cox–de Boor recursion carried out on polynomials (de Boor, A Practical Guide to Splines, ch. IX).
/// </summary>
internal static class BSplinePieces
{
    /// <summary>Coefficients of the pieces of one cell.</summary>
    /// <param name="knots">Extended knots.</param>
    /// <param name="cell">Index c of the left knot, t_c &lt; t_{c+1}.</param>
    /// <param name="degree">Degree k.</param>
    /// <param name="pieces">
    /// Receives [r, p]: coefficient of u^p of function B_{c−k+r}, (k+1)² values. Functions whose support reaches outside the knot row are left 0.
    /// </param>
    public static void OfCell(ReadOnlySpan<double> knots, int cell, int degree, Span<double> pieces)
    {
        int size = degree + 1;
        Span<double> next = stackalloc double[size * size];
        pieces[..(size * size)].Clear();
        double left = knots[cell];
        double width = knots[cell + 1] - left;
        pieces[degree * size] = 1;
        for (int p = 1; p <= degree; p++)
        {
            next.Clear();
            for (int r = degree - p; r <= degree; r++)
            {
                int i = cell - degree + r;
                if (i < 0 || i + p + 1 >= knots.Length)
                    continue;
                Span<double> target = next.Slice(r * size, size);
                double rise = knots[i + p] - knots[i];
                if (rise > 0)
                    AddProduct(target, pieces.Slice(r * size, size), (left - knots[i]) / rise, width / rise);
                double fall = knots[i + p + 1] - knots[i + 1];
                if (fall > 0 && r < degree)
                    AddProduct(target, pieces.Slice((r + 1) * size, size), (knots[i + p + 1] - left) / fall, -width / fall);
            }

            next.CopyTo(pieces);
        }
    }

    /// <summary>target += (constant + slope·u)·polynomial.</summary>
    private static void AddProduct(Span<double> target, ReadOnlySpan<double> polynomial, double constant, double slope)
    {
        for (int p = 0; p < target.Length; p++)
            target[p] += constant * polynomial[p] + (p > 0 ? slope * polynomial[p - 1] : 0);
    }
}
