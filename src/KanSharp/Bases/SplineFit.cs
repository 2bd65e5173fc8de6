using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>Least-squares fits of spline coefficients, several right-hand sides at once, in double precision.</summary>
internal static class SplineFit
{
    /// <summary>
    /// Coefficients of least norm among those with the smallest sum of squares (what LAPACK's gelsd gives). The basis vanishes outside the
    /// extended knots, as in efficient-kan and pykan.
    /// </summary>
    /// <param name="knots">Extended knots.</param>
    /// <param name="degree">Degree k.</param>
    /// <param name="x">N points.</param>
    /// <param name="y">Values [N, columns].</param>
    /// <param name="columns">Number of functions fitted at once.</param>
    /// <returns>Coefficients [G + k, columns].</returns>
    public static double[] LeastNorm(ReadOnlySpan<double> knots, int degree, ReadOnlySpan<double> x, ReadOnlySpan<double> y, int columns)
    {
        LocalBasisTable<double> table = BSplineTable.Build(knots, 1, degree, OutsideGrid.Zero);
        var matrix = new double[x.Length * table.Count];
        var first = new int[x.Length];
        var values = new double[x.Length * table.Stride];
        table.Evaluate(x, 0, 1, 0, first, values, SimdWidth.Scalar);
        for (int n = 0; n < x.Length; n++)
            values.AsSpan(n * table.Stride, degree + 1).CopyTo(matrix.AsSpan(n * table.Count + first[n]));
        var solution = new double[table.Count * columns];
        CompleteOrthogonalFactor<double>.Compute(matrix, x.Length, table.Count).Solve(y, columns, solution);
        return solution;
    }

    /// <summary>Ridge least squares with a weight per point, through the banded normal equations.</summary>
    /// <param name="table">The basis, one feature.</param>
    /// <param name="x">N points.</param>
    /// <param name="weights">N weights, 0 or more.</param>
    /// <param name="y">Values [N, columns].</param>
    /// <param name="columns">Number of functions fitted at once.</param>
    /// <param name="ridge">Ridge in units of the mean diagonal of the normal matrix.</param>
    /// <returns>Coefficients [G + k, columns]; null if points and ridge do not determine them.</returns>
    public static double[]? Ridge(
        LocalBasisTable<double> table, ReadOnlySpan<double> x, ReadOnlySpan<double> weights, ReadOnlySpan<double> y, int columns, double ridge)
    {
        int size = table.Degree + 1;
        var first = new int[x.Length];
        var padded = new double[x.Length * table.Stride];
        table.Evaluate(x, 0, 1, 0, first, padded, SimdWidth.Scalar);
        var values = new double[x.Length * size];
        var targets = new double[x.Length * columns];
        for (int n = 0; n < x.Length; n++)
        {
            double root = Math.Sqrt(weights[n]);
            for (int r = 0; r < size; r++)
                values[n * size + r] = root * padded[n * table.Stride + r];
            for (int column = 0; column < columns; column++)
                targets[n * columns + column] = root * y[n * columns + column];
        }

        var solution = new double[table.Count * columns];
        RidgeResult result = RidgeLeastSquares.SolveBanded<double>(first, values, size, table.Count, targets, columns, solution, ridge);
        return result.Succeeded ? solution : null;
    }

    /// <summary>Values of splines at points: [N, columns] from coefficients [G + k, columns].</summary>
    public static double[] Evaluate(LocalBasisTable<double> table, ReadOnlySpan<double> x, ReadOnlySpan<double> coefficients, int columns)
    {
        var first = new int[x.Length];
        var values = new double[x.Length * table.Stride];
        table.Evaluate(x, 0, 1, 0, first, values, SimdWidth.Scalar);
        var y = new double[x.Length * columns];
        for (int n = 0; n < x.Length; n++)
        {
            Span<double> target = y.AsSpan(n * columns, columns);
            for (int r = 0; r <= table.Degree; r++)
            {
                double value = values[n * table.Stride + r];
                ReadOnlySpan<double> row = coefficients.Slice((first[n] + r) * columns, columns);
                for (int column = 0; column < columns; column++)
                    target[column] += value * row[column];
            }
        }

        return y;
    }
}
