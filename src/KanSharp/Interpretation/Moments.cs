namespace KanSharp.Interpretation;

/// <summary>Mean, spread, mean magnitude and range of columns that come block by block (Chan, Golub and LeVeque 1983 for the spread).</summary>
internal sealed class Moments(int columns)
{
    private readonly double[] _mean = new double[columns];
    private readonly double[] _squares = new double[columns];
    private readonly double[] _magnitudes = new double[columns];
    private readonly double[] _blockMean = new double[columns];
    private readonly double[] _blockSquares = new double[columns];
    private long _count;

    /// <summary>Least value of every column.</summary>
    public double[] Low { get; } = Filled(columns, double.PositiveInfinity);

    /// <summary>Greatest value of every column.</summary>
    public double[] High { get; } = Filled(columns, double.NegativeInfinity);

    /// <summary>Mean of every column.</summary>
    public IReadOnlyList<double> Mean => _mean;

    /// <summary>Adds rows.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="values">Row-major [rows × columns].</param>
    public void Add(int rows, ReadOnlySpan<double> values)
    {
        Array.Clear(_blockMean);
        Array.Clear(_blockSquares);
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> line = values.Slice(row * columns, columns);
            for (int column = 0; column < columns; column++)
            {
                double value = line[column];
                _blockMean[column] += value;
                _magnitudes[column] += Math.Abs(value);
                Low[column] = Math.Min(Low[column], value);
                High[column] = Math.Max(High[column], value);
            }
        }

        for (int column = 0; column < columns; column++)
            _blockMean[column] /= rows;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> line = values.Slice(row * columns, columns);
            for (int column = 0; column < columns; column++)
            {
                double deviation = line[column] - _blockMean[column];
                _blockSquares[column] += deviation * deviation;
            }
        }

        long total = _count + rows;
        for (int column = 0; column < columns; column++)
        {
            double step = _blockMean[column] - _mean[column];
            _mean[column] += step * rows / total;
            _squares[column] += _blockSquares[column] + step * step * _count * rows / total;
        }

        _count = total;
    }

    /// <summary>Standard deviation of every column with division by N − 1; 0 for one row.</summary>
    public double[] Deviations() => [.. _squares.Select(sum => Math.Sqrt(sum / Math.Max(1, _count - 1)))];

    /// <summary>Mean magnitude of every column.</summary>
    public double[] Magnitudes() => [.. _magnitudes.Select(sum => sum / _count)];

    private static double[] Filled(int count, double value)
    {
        var values = new double[count];
        Array.Fill(values, value);
        return values;
    }
}
