using KanSharp.Numerics;

namespace KanSharp.Data;

/// <summary>
/// One linear map per column, z = (x − Center)/Spread, and back. Kept with a model, so that it takes and gives original units; linear, so that
/// formulas stay formulas.
/// </summary>
public sealed class LinearScaling
{
    private readonly double[] _center;
    private readonly double[] _spread;

    /// <summary>Creates a scaling from its numbers.</summary>
    /// <param name="center">Value of each column that becomes 0, finite.</param>
    /// <param name="spread">Distance from the center that becomes 1, finite and positive.</param>
    /// <exception cref="ArgumentException">The counts differ or a number is not allowed.</exception>
    public LinearScaling(IReadOnlyList<double> center, IReadOnlyList<double> spread)
    {
        ArgumentNullException.ThrowIfNull(center);
        ArgumentNullException.ThrowIfNull(spread);
        if (center.Count != spread.Count)
            throw new ArgumentException($"There are {center.Count} centers and {spread.Count} spreads; one of each per column is needed.");
        for (int column = 0; column < center.Count; column++)
        {
            if (!double.IsFinite(center[column]) || !double.IsFinite(spread[column]) || spread[column] <= 0)
                throw new ArgumentException($"Column {column}: center {center[column]} and spread {spread[column]}; both must be finite and the spread positive.");
        }

        _center = [.. center];
        _spread = [.. spread];
    }

    /// <summary>Number of columns.</summary>
    public int Count => _center.Length;

    /// <summary>Value of each column that becomes 0.</summary>
    public IReadOnlyList<double> Center => _center;

    /// <summary>Distance from the center that becomes 1.</summary>
    public IReadOnlyList<double> Spread => _spread;

    /// <summary>The scaling that changes nothing.</summary>
    public static LinearScaling Identity(int columns) => new(new double[columns], [.. Enumerable.Repeat(1.0, columns)]);

    /// <summary>
    /// Maps the bulk of each column to [−1, 1], the start grid of KAN layers: from the <paramref name="tail"/> quantile to the
    /// 1 − <paramref name="tail"/> quantile; where these coincide, from minimum to maximum; a constant column is centred only.
    /// </summary>
    /// <param name="values">Row-major [rows × columns], finite, at least one row.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="tail">Share of the values left outside on each side, 0 to below 0.5. Default 0.01.</param>
    public static LinearScaling ToGrid(ReadOnlySpan<double> values, int columns, double tail = 0.01)
    {
        if (!(tail >= 0 && tail < 0.5))
            throw new ArgumentOutOfRangeException(nameof(tail), tail, "The tail is at least 0 and below 0.5.");
        return Fit(values, columns, sorted =>
        {
            double low = Statistics.QuantileOfSorted<double>(sorted, tail);
            double high = Statistics.QuantileOfSorted<double>(sorted, 1 - tail);
            return high > low ? ((low + high) / 2, (high - low) / 2) : ((sorted[0] + sorted[^1]) / 2, (sorted[^1] - sorted[0]) / 2);
        });
    }

    /// <summary>Maps each column to mean 0 and standard deviation 1; a constant column is centred only.</summary>
    /// <param name="values">Row-major [rows × columns], finite, at least one row.</param>
    /// <param name="columns">Number of columns.</param>
    public static LinearScaling Standard(ReadOnlySpan<double> values, int columns) =>
        Fit(values, columns, sorted => (Statistics.Mean<double>(sorted), sorted.Length > 1 ? Math.Sqrt(Statistics.Variance<double>(sorted)) : 0));

    /// <summary>Scales rows in place: z = (x − Center)/Spread.</summary>
    /// <param name="values">Row-major [rows × <see cref="Count"/>].</param>
    public void Apply(Span<double> values)
    {
        CheckRows(values.Length);
        for (int start = 0; start < values.Length; start += Count)
        {
            for (int column = 0; column < _center.Length; column++)
                values[start + column] = (values[start + column] - _center[column]) / _spread[column];
        }
    }

    /// <summary>Undoes <see cref="Apply"/> in place: x = Center + Spread·z.</summary>
    /// <param name="values">Row-major [rows × <see cref="Count"/>].</param>
    public void Invert(Span<double> values)
    {
        CheckRows(values.Length);
        for (int start = 0; start < values.Length; start += Count)
        {
            for (int column = 0; column < _center.Length; column++)
                values[start + column] = _center[column] + _spread[column] * values[start + column];
        }
    }

    private static LinearScaling Fit(ReadOnlySpan<double> values, int columns, Func<double[], (double Center, double Spread)> rule)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length == 0 || values.Length % columns != 0)
            throw new ArgumentException($"{values.Length} values are not a whole number (at least 1) of rows of {columns} columns.", nameof(values));
        int rows = values.Length / columns;
        var center = new double[columns];
        var spread = new double[columns];
        var sorted = new double[rows];
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < rows; row++)
                sorted[row] = values[row * columns + column];
            Array.Sort(sorted);
            (center[column], spread[column]) = rule(sorted);
            double scale = Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1]));
            if (!(spread[column] > 1e-12 * scale))
                spread[column] = 1;
        }

        return new LinearScaling(center, spread);
    }

    private void CheckRows(int length)
    {
        if (Count == 0 ? length != 0 : length % Count != 0)
            throw new ArgumentException($"{length} values are not a whole number of rows of {Count} columns.");
    }
}
