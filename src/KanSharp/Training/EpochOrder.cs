using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>The order of the samples in an epoch: depends on seed and epoch alone, so that a resumed run finds it again.</summary>
internal sealed class EpochOrder
{
    private readonly int[] _rows;
    private readonly SplitRandom? _random;

    public EpochOrder(int count, bool shuffle, ulong seed)
    {
        _rows = new int[count];
        _random = shuffle ? new SplitRandom(seed).Split("batches") : null;
        Start(0);
    }

    /// <summary>The samples in this epoch's order.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    public void Start(int epoch)
    {
        for (int row = 0; row < _rows.Length; row++)
            _rows[row] = row;
        _random?.Split((ulong)epoch).Shuffle<int>(_rows);
    }
}
