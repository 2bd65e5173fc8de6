namespace KanSharp.Numerics;

/// <summary>A running sum whose rounding errors are collected beside it (A. Neumaier, 1974).</summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _errors;

    /// <summary>The sum of what was added.</summary>
    public readonly double Total => double.IsFinite(_sum) ? _sum + _errors : _sum;

    public void Add(double value)
    {
        double sum = _sum + value;
        _errors += Math.Abs(_sum) >= Math.Abs(value) ? (_sum - sum) + value : (value - sum) + _sum;
        _sum = sum;
    }
}
