using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Data;

/// <summary>
/// The mini-batches of a data set: each epoch goes through every sample once, in an order that depends on the seed and the epoch alone, so
/// that training can be resumed at any epoch. The last batch holds what is left. Copying a batch allocates nothing.
/// </summary>
public sealed class BatchSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SplitRandom _random;
    private readonly bool _shuffle;
    private readonly int[] _order;

    /// <summary>Creates the source, positioned at epoch 0.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">Samples of a batch, at least 1; more than there are makes one batch of all.</param>
    /// <param name="seed">Seed of the orders.</param>
    /// <param name="shuffle">False keeps the order of the data set; default true.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    public BatchSource(Dataset<T> data, int batchSize, ulong seed = 0, bool shuffle = true)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Data = data;
        BatchSize = batchSize;
        _random = new SplitRandom(seed).Split("batches");
        _shuffle = shuffle;
        _order = new int[data.Count];
        StartEpoch(0);
    }

    /// <summary>The samples.</summary>
    public Dataset<T> Data { get; }

    /// <summary>Samples of every batch but the last.</summary>
    public int BatchSize { get; }

    /// <summary>Batches of an epoch, the partial one included.</summary>
    public int BatchCount => (int)(((long)_order.Length + BatchSize - 1) / BatchSize);

    /// <summary>Orders the samples for an epoch; may be called for any epoch at any time.</summary>
    public void StartEpoch(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        for (int i = 0; i < _order.Length; i++)
            _order[i] = i;
        if (_shuffle)
            _random.Split((ulong)epoch).Shuffle<int>(_order);
    }

    /// <summary>The samples of a batch, as indices into the data set.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batch"/> is outside 0..<see cref="BatchCount"/>−1.</exception>
    public ReadOnlySpan<int> Indices(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(batch, BatchCount);
        int start = batch * BatchSize;
        return _order.AsSpan(start, Math.Min(BatchSize, _order.Length - start));
    }

    /// <summary>Copies the features of a batch, row-major [samples × inputs], and returns the number of samples.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public int CopyFeatures(int batch, Span<T> destination) => Copy<T>(batch, Data.FeatureArray, Data.Inputs, destination);

    /// <summary>Copies the targets of a batch, row-major [samples × outputs], and returns the number of samples.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    /// <exception cref="InvalidOperationException">The samples have classes, not targets.</exception>
    public int CopyTargets(int batch, Span<T> destination) => Data.Task == TaskKind.Regression
        ? Copy<T>(batch, Data.TargetArray, Data.Outputs, destination)
        : throw new InvalidOperationException("the samples have classes, not numeric targets; use CopyClasses");

    /// <summary>Copies the classes of a batch and returns the number of samples.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    /// <exception cref="InvalidOperationException">The samples have targets, not classes.</exception>
    public int CopyClasses(int batch, Span<int> destination) => Data.Task == TaskKind.Classification
        ? Copy<int>(batch, Data.ClassArray, 1, destination)
        : throw new InvalidOperationException("the samples have numeric targets, not classes; use CopyTargets");

    private int Copy<TValue>(int batch, ReadOnlySpan<TValue> source, int width, Span<TValue> destination)
    {
        ReadOnlySpan<int> indices = Indices(batch);
        if (destination.Length < indices.Length * width)
            throw new ArgumentException(
                $"room for {destination.Length} values; batch {batch} has {indices.Length} × {width}", nameof(destination));
        Dataset<T>.CopyRows(source, width, indices, destination);
        return indices.Length;
    }
}
