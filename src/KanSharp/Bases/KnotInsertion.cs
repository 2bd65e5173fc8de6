namespace KanSharp.Bases;

/// <summary>
/// The matrix that carries B-spline coefficients to a finer knot row, the function staying the same: knots are inserted one at a time by convex
/// combinations of neighbouring coefficients (W. Boehm, "Inserting new knots into B-spline curves", Computer-Aided Design 12, 1980; its entries
/// are the discrete B-splines of Cohen, Lyche and Riesenfeld, "Discrete B-splines and subdivision techniques", 1980). Outer knots are moved by
/// blossoming at the ends, where they alone matter.
/// </summary>
internal sealed class KnotInsertion
{
    private readonly int _degree;
    private readonly List<double> _knots;
    private readonly List<double[]> _rows;

    private KnotInsertion(ReadOnlySpan<double> knots, int degree)
    {
        _degree = degree;
        _knots = [.. knots];
        int count = knots.Length - degree - 1;
        _rows = new List<double[]>(count);
        for (int j = 0; j < count; j++)
        {
            _rows.Add(new double[count]);
            _rows[j][j] = 1;
        }
    }

    /// <summary>
    /// Whether every spline on <paramref name="from"/> is one on <paramref name="to"/> over the new grid: the new grid lies within the old one and has
    /// every old knot inside of it, as often as the old row.
    /// </summary>
    public static bool IsNested(ReadOnlySpan<double> from, ReadOnlySpan<double> to, int degree)
    {
        double low = to[degree], high = to[^(degree + 1)];
        if (low < from[degree] || high > from[^(degree + 1)] || to[degree + 1] <= low || to[^(degree + 2)] >= high)
            return false;
        int next = degree + 1;
        foreach (double knot in from)
        {
            if (!(knot > low && knot < high))
                continue;
            while (to[next] < knot)
                next++;
            if (to[next++] != knot)
                return false;
        }

        return true;
    }

    /// <summary>The matrix [new count, old count], row-major.</summary>
    /// <param name="from">Old extended knots.</param>
    /// <param name="to">New extended knots, nested as <see cref="IsNested"/> says.</param>
    /// <param name="degree">Degree of both.</param>
    /// <remarks>
    /// With the old outer knots kept the spline is the same on the whole line; with other outer knots it is on the new grid.
    /// </remarks>
    public static double[] Matrix(ReadOnlySpan<double> from, ReadOnlySpan<double> to, int degree)
    {
        var insertion = new KnotInsertion(from, degree);
        ReadOnlySpan<double> inner = to[(degree + 1)..^(degree + 1)];
        bool sameEnds = from[..(degree + 1)].SequenceEqual(to[..(degree + 1)]) && from[^(degree + 1)..].SequenceEqual(to[^(degree + 1)..]);
        insertion.InsertMissing(inner);
        if (!sameEnds)
        {
            insertion.Clamp(to[degree], to[^(degree + 1)]);
            insertion.MoveOuterKnots(to);
        }

        int columns = from.Length - degree - 1;
        var matrix = new double[insertion._rows.Count * columns];
        for (int j = 0; j < insertion._rows.Count; j++)
            insertion._rows[j].CopyTo(matrix, j * columns);
        return matrix;
    }

    private void InsertMissing(ReadOnlySpan<double> inner)
    {
        int copies = 0;
        for (int index = 0; index < inner.Length; index++)
        {
            copies = index > 0 && inner[index] == inner[index - 1] ? copies + 1 : 1;
            if (Multiplicity(inner[index]) < copies)
                Insert(inner[index]);
        }
    }

    private int Multiplicity(double knot) => _knots.Count(other => other == knot);

    /// <summary>Boehm's step: c'_j = (1 − ω_j)·c_{j−1} + ω_j·c_j with ω_j = (x − t_j)/(t_{j+k} − t_j) for the functions whose support x cuts.</summary>
    private void Insert(double x)
    {
        int span = _knots.FindLastIndex(knot => knot <= x);
        int last = span - Multiplicity(x);
        int first = span - _degree + 1;
        var combined = new double[Math.Max(0, last - first + 1)][];
        for (int j = first; j <= last; j++)
        {
            double weight = (x - _knots[j]) / (_knots[j + _degree] - _knots[j]);
            combined[j - first] = Combine(1 - weight, _rows[j - 1], weight, _rows[j]);
        }

        // c'_j for j > last are the old c_{j−1}: one row more, the combined ones in between
        _rows.Insert(Math.Max(first, last), _rows[Math.Max(first, last) - 1]);
        for (int j = first; j <= last; j++)
            _rows[j] = combined[j - first];
        _knots.Insert(span + 1, x);
    }

    /// <summary>Cuts the spline to [low, high]: both ends become knots of multiplicity k, and coefficients of functions beyond them are dropped.</summary>
    private void Clamp(double low, double high)
    {
        for (int copies = Multiplicity(low); copies < _degree; copies++)
            Insert(low);
        for (int copies = Multiplicity(high); copies < _degree; copies++)
            Insert(high);
        int start = _knots.FindLastIndex(knot => knot == low) - _degree;
        int end = _knots.FindIndex(knot => knot == high);
        _rows.RemoveRange(end, _rows.Count - end);
        _rows.RemoveRange(0, start);
        _knots.RemoveRange(end + _degree, _knots.Count - end - _degree);
        _knots.RemoveRange(0, start + 1);
        _knots.Insert(0, low);
        _knots.Add(high);
    }

    /// <summary>
    /// Replaces the k − 1 copies of each end that shape the end functions, the inner ones first. A coefficient is the blossom of the end piece at
    /// k knots; exchanging one knot u_m for τ combines it with its neighbour, ω = (u_{j+k+1} − τ)/(u_{j+k+1} − u_{j+1}).
    /// </summary>
    private void MoveOuterKnots(ReadOnlySpan<double> to)
    {
        int count = _rows.Count;
        for (int m = _degree - 1; m >= 0; m--)
        {
            for (int j = 0; j < m; j++)
            {
                double weight = (_knots[j + _degree + 1] - to[m]) / (_knots[j + _degree + 1] - _knots[j + 1]);
                _rows[j] = Combine(weight, _rows[j], 1 - weight, _rows[j + 1]);
            }

            _knots[m] = to[m];
        }

        for (int m = count + 1; m <= count + _degree; m++)
        {
            for (int j = count - 1; j >= m - _degree; j--)
            {
                double weight = (to[m] - _knots[j]) / (_knots[j + _degree] - _knots[j]);
                _rows[j] = Combine(weight, _rows[j], 1 - weight, _rows[j - 1]);
            }

            _knots[m] = to[m];
        }
    }

    private static double[] Combine(double left, double[] leftRow, double right, double[] rightRow)
    {
        if (right == 0 && left == 1)
            return leftRow;
        if (left == 0 && right == 1)
            return rightRow;
        var row = new double[leftRow.Length];
        for (int i = 0; i < row.Length; i++)
            row[i] = left * leftRow[i] + right * rightRow[i];
        return row;
    }
}
