using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Training;

/// <summary>Copies chosen samples onto a tape, without allocation once the largest batch has been seen.</summary>
internal sealed class BatchReader<T>(TrainingData<T> data)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int[] _labels = [];
    private T[] _weights = [];

    public TrainingData<T> Data { get; } = data;

    public Var<T> Inputs(Tape<T> tape, ReadOnlySpan<int> rows) => Gather(tape, Data.Inputs, rows);

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
