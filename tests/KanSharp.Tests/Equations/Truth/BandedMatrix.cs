namespace KanSharp.Tests.Equations.Truth;

/// <summary>A square matrix with a band around its diagonal, and its LU factors with row exchanges (Golub and Van Loan, "Matrix Computations", section 4.3).</summary>
/// <param name="size">Rows.</param>
/// <param name="half">Diagonals below, and as many above, the main one.</param>
internal sealed class BandedMatrix(int size, int half)
{
    // a row holds its columns from row − half to row + 2·half: row exchanges widen the upper band
    private readonly double[][] _rows = [.. Enumerable.Range(0, size).Select(_ => new double[3 * half + 1])];
    private readonly int[] _exchange = new int[size];

    public double this[int row, int column]
    {
        get => Math.Abs(row - column) <= half ? _rows[row][column - row + half] : 0;
        set => _rows[row][column - row + half] = value;
    }

    /// <summary>Replaces the matrix by its factors.</summary>
    public void Factor()
    {
        for (int column = 0; column < size; column++)
        {
            int end = Math.Min(size, column + half + 1), pivot = column;
            for (int row = column + 1; row < end; row++)
            {
                if (Math.Abs(At(row, column)) > Math.Abs(At(pivot, column)))
                    pivot = row;
            }

            _exchange[column] = pivot;
            int width = Math.Min(size - column, 2 * half + 1);
            Span<double> top = _rows[column].AsSpan(half, width);
            if (pivot != column)
            {
                // the part from this column on; factors of earlier columns stay where they are
                Span<double> other = _rows[pivot].AsSpan(column - pivot + half, width);
                for (int index = 0; index < width; index++)
                    (top[index], other[index]) = (other[index], top[index]);
            }

            for (int row = column + 1; row < end; row++)
            {
                Span<double> below = _rows[row].AsSpan(column - row + half, width);
                double factor = below[0] /= top[0];
                if (factor == 0)
                    continue;
                for (int index = 1; index < width; index++)
                    below[index] -= factor * top[index];
            }
        }
    }

    /// <summary>Solves with the factors, in place.</summary>
    public void Solve(Span<double> b)
    {
        for (int column = 0; column < size; column++)
        {
            (b[column], b[_exchange[column]]) = (b[_exchange[column]], b[column]);
            for (int row = column + 1; row < Math.Min(size, column + half + 1); row++)
                b[row] -= At(row, column) * b[column];
        }

        for (int row = size - 1; row >= 0; row--)
        {
            double sum = b[row];
            for (int column = row + 1; column < Math.Min(size, row + 2 * half + 1); column++)
                sum -= At(row, column) * b[column];
            b[row] = sum / At(row, row);
        }
    }

    private double At(int row, int column) => _rows[row][column - row + half];
}
