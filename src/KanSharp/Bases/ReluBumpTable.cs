using System.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// Bumps with fixed phases as piecewise polynomials: on the cell c of the grid, u in [0, 1] along it, the bump that began d = c − j cells before is
/// (16/(k + 1)⁴)·((d + u)·(k + 1 − d − u))², a quartic. The window of a cell is the k + 1 bumps that are non-zero there, or five, since a window has one function more than
/// the polynomials have degrees.
/// </summary>
internal static class ReluBumpTable
{
    /// <summary>Builds the table, the same for all features.</summary>
    public static LocalBasisTable<T> Build<T>(ReluBumpOptions options, int features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int span = options.Span, count = options.Count, degree = Math.Max(span, 4), cells = options.Intervals + 2 * span;
        int stride = LocalBasisTable<T>.StrideOf(degree), pieceSize = (degree + 1) * stride;
        double step = options.Step;
        var breakpoints = new T[cells + 1];
        var origins = new T[cells + 2];
        var inverseWidths = new T[cells + 2];
        var first = new int[cells + 2];
        var pieces = new T[(cells + 2) * pieceSize];
        for (int point = 0; point <= cells; point++)
            breakpoints[point] = T.CreateTruncating(options.Low + (point - span) * step);
        Span<double> quartic = stackalloc double[5];
        for (int cell = 0; cell < cells; cell++)
        {
            int entry = cell + 1;
            origins[entry] = breakpoints[cell];
            inverseWidths[entry] = T.CreateTruncating(1 / step);
            // bump n begins at cell n
            first[entry] = Math.Clamp(cell - span, 0, count - 1 - degree);
            for (int n = Math.Max(0, cell - span); n <= Math.Min(count - 1, cell); n++)
            {
                Quartic(cell - n, span, quartic);
                for (int power = 0; power < 5; power++)
                    pieces[(entry * pieceSize) + (power * stride) + n - first[entry]] = T.CreateTruncating(quartic[power]);
            }
        }

        first[^1] = first[^2];
        return new LocalBasisTable<T>(
            features, count, degree, cells, Repeat(breakpoints, features), Repeat(origins, features), Repeat(inverseWidths, features), Repeat(first, features), Repeat(pieces, features),
            [.. Enumerable.Repeat(true, features)], true);
    }

    /// <summary>Coefficients of ((d + u)·(k + 1 − d − u))²·16/(k + 1)⁴ in powers of u.</summary>
    private static void Quartic(int d, int span, Span<double> coefficients)
    {
        double width = span + 1;
        // the product is c0 + c1·u − u²
        double c0 = d * (width - d), c1 = width - 2 * d, factor = 16 / (width * width * width * width);
        coefficients[0] = factor * c0 * c0;
        coefficients[1] = factor * 2 * c0 * c1;
        coefficients[2] = factor * (c1 * c1 - 2 * c0);
        coefficients[3] = factor * -2 * c1;
        coefficients[4] = factor;
    }

    private static TItem[] Repeat<TItem>(TItem[] items, int times)
    {
        var repeated = new TItem[items.Length * times];
        for (int index = 0; index < times; index++)
            items.CopyTo(repeated, index * items.Length);
        return repeated;
    }
}
