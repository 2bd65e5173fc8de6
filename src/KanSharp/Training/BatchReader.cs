using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Data;

namespace KanSharp.Training;

/// <summary>
/// Brings chosen samples onto a tape, without allocation once the largest batch has been seen. Samples from a source are read ahead where the order
/// has been told.
/// </summary>
internal sealed class BatchReader<T>(TrainingData<T> data) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int[] _labels = [];
    private T[] _weights = [];
    private SampleBatches<T>? _ahead;
    private int _epoch = SampleSource<T>.Plain;

    public TrainingData<T> Data { get; } = data;

    /// <summary>From now on samples are those of an epoch, wanted in this order; it is no mistake to leave some out or to ask for others.</summary>
    public void StartEpoch(int epoch, ReadOnlySpan<int> order, int batchSize)
    {
        if (Data.Samples is TensorSource<T>)
            return;
        _epoch = epoch;
        _ahead ??= new SampleBatches<T>(Data.Samples, batchSize);
        _ahead.Start(order, epoch);
    }

    /// <summary>The inputs of samples, [rows, ...].</summary>
    public Var<T> Inputs(Tape<T> tape, ReadOnlySpan<int> rows)
    {
        if (Data.Samples is TensorSource<T> tensor)
            return Gather(tape, tensor.Values, rows);
        ConstantNode<T> node = Constant(tape, rows.Length, Data.Samples.SampleShape);
        Read(rows, node.Value.Span);
        return new Var<T>(node);
    }

    /// <summary>The input of one sample, as the steps see it now.</summary>
    public T[] Input(int row)
    {
        var values = new T[Data.Samples.SampleShape.Count];
        Data.Samples.Read([row], _epoch, values);
        return values;
    }

    /// <summary>Stops reading ahead.</summary>
    public void Dispose() => _ahead?.Dispose();

    /// <summary>Loss of outputs against the targets of the same samples.</summary>
    public Var<T> Loss(Loss loss, Var<T> output, ReadOnlySpan<int> rows)
    {
        ReadOnlySpan<T> weights = Weights(rows);
        if (Data.Targets is not null)
            return loss.Of(output, Gather(output.Tape, Data.Targets, rows), weights);
        if (_labels.Length < rows.Length)
            _labels = new int[rows.Length];
        for (int index = 0; index < rows.Length; index++)
            _labels[index] = Data.Labels[rows[index]];
        return loss.Of(output, _labels.AsSpan(0, rows.Length), weights);
    }

    /// <summary>Sum of the samples' weights; their number without weights.</summary>
    public double TotalWeight(ReadOnlySpan<int> rows)
    {
        if (Data.Weights.IsEmpty)
            return rows.Length;
        double total = 0;
        foreach (int row in rows)
            total += double.CreateTruncating(Data.Weights[row]);
        return total;
    }

    private ReadOnlySpan<T> Weights(ReadOnlySpan<int> rows)
    {
        if (Data.Weights.IsEmpty)
            return default;
        if (_weights.Length < rows.Length)
            _weights = new T[rows.Length];
        for (int index = 0; index < rows.Length; index++)
            _weights[index] = Data.Weights[rows[index]];
        return _weights.AsSpan(0, rows.Length);
    }

    private void Read(ReadOnlySpan<int> rows, Span<T> target)
    {
        while (_ahead is not null && _ahead.Next(out ReadOnlySpan<int> next, out ReadOnlySpan<T> values))
        {
            if (!next.SequenceEqual(rows))
                continue;
            values.CopyTo(target);
            return;
        }

        Data.Samples.Read(rows, _epoch, target);
    }

    private static ConstantNode<T> Constant(Tape<T> tape, int rows, Shape sample)
    {
        Span<int> extents = stackalloc int[Shape.MaxRank];
        sample.CopyTo(extents[1..]);
        extents[0] = rows;
        var node = tape.Add<ConstantNode<T>>();
        node.Initialize(new Shape(extents[..(sample.Rank + 1)]), requiresGradient: false);
        return node;
    }

    private static Var<T> Gather(Tape<T> tape, Tensor<T> source, ReadOnlySpan<int> rows)
    {
        Span<int> extents = stackalloc int[Shape.MaxRank];
        source.Shape.CopyTo(extents);
        int width = extents[0] == 0 ? 0 : source.Shape.Count / extents[0];
        extents[0] = rows.Length;
        var node = tape.Add<ConstantNode<T>>();
        node.Initialize(new Shape(extents[..source.Shape.Rank]), requiresGradient: false);
        Span<T> target = node.Value.Span;
        ReadOnlySpan<T> values = source.Span;
        for (int index = 0; index < rows.Length; index++)
            values.Slice(rows[index] * width, width).CopyTo(target[(index * width)..]);
        return new Var<T>(node);
    }
}
