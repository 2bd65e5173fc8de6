namespace KanSharp.Symbolics.Evaluation;

/// <summary>Columns of one thread, kept for the next run.</summary>
internal sealed class BlockScratch
{
    private double[] _columns = [];

    public Span<double> Columns(int length)
    {
        if (_columns.Length < length)
            _columns = new double[length];
        return _columns.AsSpan(0, length);
    }
}
