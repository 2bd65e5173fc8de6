using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>Loss and metrics over all samples of a data set, in pieces and without recording gradients; always with the same random numbers.</summary>
internal sealed class Evaluator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Module<T> _module;
    private readonly BatchReader<T> _reader;
    private readonly Loss _loss;
    private readonly int _piece;
    private readonly int[] _rows;
    private readonly Tape<T> _tape;

    public Evaluator(Module<T> module, TrainingData<T> data, Loss loss, int piece, Executor? executor)
    {
        _module = module;
        _reader = new BatchReader<T>(data);
        _loss = loss;
        _piece = piece;
        _rows = [.. Enumerable.Range(0, data.Count)];
        _tape = new Tape<T>(executor) { RecordsGradients = false };
    }

    /// <summary>Mean loss over all samples.</summary>
    public double Loss()
    {
        _tape.Seed(0);
        double total = 0;
        double weights = 0;
        for (int start = 0; start < _rows.Length; start += _piece)
        {
            ReadOnlySpan<int> rows = Piece(start);
            double weight = _reader.TotalWeight(rows);
            if (weight == 0)
                continue;
            total += weight * double.CreateTruncating(_reader.Loss(_loss, Forward(rows), rows).Item);
            weights += weight;
        }

        return total / weights;
    }

    /// <summary>All outputs, [N, ...].</summary>
    public Tensor<T> Outputs()
    {
        _tape.Seed(0);
        Tensor<T>? outputs = null;
        for (int start = 0; start < _rows.Length; start += _piece)
        {
            Var<T> output = Forward(Piece(start));
            outputs ??= new Tensor<T>(WithRows(output.Shape, _rows.Length));
            int width = outputs.Shape.Count / _rows.Length;
            output.Values.CopyTo(outputs.Span[(start * width)..]);
        }

        return outputs!;
    }

    private ReadOnlySpan<int> Piece(int start) => _rows.AsSpan(start, Math.Min(_piece, _rows.Length - start));

    private Var<T> Forward(ReadOnlySpan<int> rows)
    {
        _tape.Reset();
        return _module.Forward(_reader.Inputs(_tape, rows));
    }

    private static Shape WithRows(Shape shape, int rows)
    {
        int[] extents = shape.ToArray();
        extents[0] = rows;
        return new Shape(extents);
    }
}
