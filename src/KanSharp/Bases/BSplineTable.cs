using System.Numerics;

namespace KanSharp.Bases;

/// <summary>Compiles B-splines on given knots into a <see cref="LocalBasisTable{T}"/>.</summary>
internal static class BSplineTable
{
    /// <summary>Builds the table.</summary>
    /// <param name="knots">Extended knots, one row of G + 2k + 1 per feature.</param>
    /// <param name="features">Number of rows.</param>
    /// <param name="degree">Degree k.</param>
    /// <param name="outside">Behaviour outside the grid.</param>
    /// <exception cref="ArgumentException">A knot row is not valid; the message names the feature. Or the table is larger than an array can be.</exception>
    public static LocalBasisTable<T> Build<T>(ReadOnlySpan<T> knots, int features, int degree, OutsideGrid outside)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Validate(knots, features, degree);
        int row = features == 0 ? 2 * degree + 2 : knots.Length / features;
        int intervals = row - 2 * degree - 1;
        bool zero = outside == OutsideGrid.Zero;
        int start = zero ? 0 : degree;
        int cells = zero ? row - 1 : intervals;
        long numbers = Numbers(features, intervals, degree, outside);
        if (numbers > Array.MaxLength)
            throw new ArgumentException(
                $"The table of {features} features with {intervals} intervals of degree {degree} takes {numbers} numbers; at most {Array.MaxLength} are possible. Use fewer intervals or a lower degree.",
                nameof(knots));
        int stride = LocalBasisTable<T>.StrideOf(degree);
        int pieceSize = (degree + 1) * stride;
        var builder = new Builder<T>(intervals + degree, degree, cells, start, stride, zero);
        var breakpoints = new T[features * (cells + 1)];
        var origins = new T[features * (cells + 2)];
        var inverseWidths = new T[features * (cells + 2)];
        var first = new int[features * (cells + 2)];
        var pieces = new T[features * (cells + 2) * pieceSize];
        var uniform = new bool[features];
        var exact = new double[row];
        for (int feature = 0; feature < features; feature++)
        {
            ReadOnlySpan<T> source = knots.Slice(feature * row, row);
            for (int j = 0; j < row; j++)
                exact[j] = double.CreateTruncating(source[j]);
            source.Slice(start, cells + 1).CopyTo(breakpoints.AsSpan(feature * (cells + 1)));
            uniform[feature] = IsUniform(exact.AsSpan(start, cells + 1));
            builder.Fill(
                exact,
                first.AsSpan(feature * (cells + 2), cells + 2),
                origins.AsSpan(feature * (cells + 2), cells + 2),
                inverseWidths.AsSpan(feature * (cells + 2), cells + 2),
                pieces.AsSpan(feature * (cells + 2) * pieceSize, (cells + 2) * pieceSize));
        }

        return new LocalBasisTable<T>(features, intervals + degree, degree, cells, breakpoints, origins, inverseWidths, first, pieces, uniform, zero);
    }

    /// <summary>How many polynomial coefficients a table holds for one order of derivative: (k + 1)·stride per cell.</summary>
    /// <exception cref="OverflowException">More than a long holds.</exception>
    public static long Numbers(int features, int intervals, int degree, OutsideGrid outside)
    {
        long cells = outside == OutsideGrid.Zero ? checked(intervals + 2L * degree) : intervals;
        return checked(features * (cells + 2) * ((degree + 1) * LocalBasisTable<float>.StrideOf(degree)));
    }

    /// <summary>Checks every row of knots, without building anything.</summary>
    /// <exception cref="ArgumentException">A knot row is not valid; the message names the feature.</exception>
    public static void Validate<T>(ReadOnlySpan<T> knots, int features, int degree)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int row = features == 0 ? 0 : knots.Length / features;
        for (int feature = 0; feature < features; feature++)
        {
            try
            {
                KnotVector.Validate(knots.Slice(feature * row, row), degree);
            }
            catch (ArgumentException error)
            {
                throw new ArgumentException($"Feature {feature}: {error.Message}", nameof(knots), error);
            }
        }
    }

    private static bool IsUniform(ReadOnlySpan<double> points)
    {
        double mean = (points[^1] - points[0]) / (points.Length - 1);
        for (int j = 1; j < points.Length; j++)
        {
            if (Math.Abs(points[j] - points[j - 1] - mean) > 1e-3 * mean)
                return false;
        }

        return true;
    }

    private sealed class Builder<T>(int count, int degree, int cells, int start, int stride, bool zero)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _size = degree + 1;

        public void Fill(ReadOnlySpan<double> knots, Span<int> first, Span<T> origins, Span<T> inverseWidths, Span<T> pieces)
        {
            Span<double> cellPieces = stackalloc double[_size * _size];
            int pieceSize = _size * stride;
            for (int cell = 1; cell <= cells; cell++)
            {
                int left = start + cell - 1;
                double width = knots[left + 1] - knots[left];
                first[cell] = First(left);
                origins[cell] = T.CreateTruncating(knots[left]);
                if (!(width > 0))
                    continue;
                inverseWidths[cell] = Inverse(width);
                BSplinePieces.OfCell(knots, left, degree, cellPieces);
                Write(cellPieces, left - degree - first[cell], pieces.Slice(cell * pieceSize, pieceSize));
            }

            first[cells + 1] = first[cells];
            if (zero)
                return;
            Continue(knots, degree, atRight: false, first, origins, inverseWidths, pieces);
            Continue(knots, knots.Length - 2 - degree, atRight: true, first, origins, inverseWidths, pieces);
        }

        /// <summary>Index of the first function of the cell right of a knot, kept inside 0 … count − k − 1.</summary>
        private int First(int left) => Math.Clamp(left - degree, 0, count - _size);

        /// <summary>1/width; 0 for a cell so narrow that this overflows, whose functions are then constant.</summary>
        private static T Inverse(double width)
        {
            T inverse = T.CreateTruncating(1 / width);
            return T.IsFinite(inverse) ? inverse : T.Zero;
        }

        /// <summary>Tangents at an end of the grid, taken from the nearest cell that has a width.</summary>
        private void Continue(ReadOnlySpan<double> knots, int left, bool atRight, Span<int> first, Span<T> origins, Span<T> inverseWidths, Span<T> pieces)
        {
            while (!(knots[left + 1] > knots[left]))
                left += atRight ? -1 : 1;
            int outer = atRight ? cells + 1 : 0;
            first[outer] = First(left);
            Span<double> cellPieces = stackalloc double[_size * _size];
            Span<double> tangents = stackalloc double[_size * _size];
            BSplinePieces.OfCell(knots, left, degree, cellPieces);
            tangents.Clear();
            for (int r = 0; r < _size; r++)
            {
                double value = cellPieces[r * _size];
                double slope = cellPieces[r * _size + 1];
                if (atRight)
                {
                    value = slope = 0;
                    for (int p = 0; p < _size; p++)
                    {
                        value += cellPieces[r * _size + p];
                        slope += p * cellPieces[r * _size + p];
                    }
                }

                tangents[r * _size] = value;
                tangents[r * _size + 1] = slope;
            }

            origins[outer] = T.CreateTruncating(atRight ? knots[left + 1] : knots[left]);
            inverseWidths[outer] = Inverse(knots[left + 1] - knots[left]);
            Write(tangents, left - degree - first[outer], pieces.Slice(outer * _size * stride, _size * stride));
        }

        /// <summary>Stores pieces [r, p] as [p, r + shift], leaving out functions that fall outside 0 … k (they are 0 there).</summary>
        private void Write(ReadOnlySpan<double> source, int shift, Span<T> target)
        {
            for (int r = 0; r < _size; r++)
            {
                int column = r + shift;
                if (column < 0 || column >= _size)
                    continue;
                for (int p = 0; p < _size; p++)
                    target[p * stride + column] = T.CreateTruncating(source[r * _size + p]);
            }
        }
    }
}
