namespace KanSharp.Data;

/// <summary>The UTF-8 cells of one column in one growing buffer, so that reading makes no object for a cell.</summary>
internal sealed class CsvColumn
{
    private byte[] _bytes = new byte[1024];
    private int[] _ends = new int[256];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            int start = row == 0 ? 0 : _ends[row - 1];
            return _bytes.AsSpan(start, _ends[row] - start);
        }
    }

    public void Add(ReadOnlySpan<byte> cell)
    {
        int start = Count == 0 ? 0 : _ends[Count - 1];
        int end = checked(start + cell.Length);
        if (end > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(end, 2L * _bytes.Length), Array.MaxLength));
        if (Count == _ends.Length)
            Array.Resize(ref _ends, (int)Math.Min(2L * Count, Array.MaxLength));
        cell.CopyTo(_bytes.AsSpan(start));
        _ends[Count++] = end;
    }
}
