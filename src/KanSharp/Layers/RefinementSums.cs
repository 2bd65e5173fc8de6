namespace KanSharp.Layers;

/// <summary>Sums over the inputs of a layer for its <see cref="LayerRefinement"/>.</summary>
internal sealed class RefinementSums
{
    private double _change, _size, _sampleChange, _sampleSize;
    private long _samples, _outsideBefore, _outside;

    public double RelativeChange => Ratio(_change, _size);

    public double RelativeChangeAtData => Ratio(_sampleChange, _sampleSize);

    public double OutsideBefore => _samples == 0 ? 0 : (double)_outsideBefore / _samples;

    public double Outside => _samples == 0 ? 0 : (double)_outside / _samples;

    public void Add(double change, double size)
    {
        _change += change;
        _size += size;
    }

    public void AddSamples((double Change, double Size) sums, ReadOnlySpan<double> before, ReadOnlySpan<double> after, double[] samples)
    {
        _sampleChange += sums.Change;
        _sampleSize += sums.Size;
        _samples += samples.Length;
        foreach (double x in samples)
        {
            _outsideBefore += x < before[0] || x > before[^1] ? 1 : 0;
            _outside += x < after[0] || x > after[^1] ? 1 : 0;
        }
    }

    private static double Ratio(double change, double size) => size > 0 ? Math.Sqrt(change / size) : 0;
}
