using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Kernels;

/// <summary>Standard deviation over the samples of every column of [..., O], with N − 1. A constant column has spread 0 and gets no gradient.</summary>
internal sealed class ColumnSpreadNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _y = null!;

    public static Var<T> Record(Var<T> y)
    {
        var node = y.Tape.Add<ColumnSpreadNode<T>>();
        node._y = y.Node;
        node.Initialize(new Shape(y.Shape.Last), y.Node.RequiresGradient);
        int rows = y.Shape.Rows, width = y.Shape.Last;
        for (int column = 0; column < width; column++)
        {
            double mean = node.Mean(column);
            double squares = 0;
            for (int row = 0; row < rows; row++)
            {
                double difference = double.CreateTruncating(y.Values[row * width + column]) - mean;
                squares += difference * difference;
            }

            node.Value.Span[column] = T.CreateTruncating(Math.Sqrt(squares / Math.Max(1, rows - 1)));
        }

        return new Var<T>(node);
    }

    public override void Backward()
    {
        int rows = _y.Shape.Rows, width = _y.Shape.Last;
        Span<T> target = _y.GradientSum();
        ReadOnlySpan<T> values = _y.Value.Span;
        for (int column = 0; column < width; column++)
        {
            double spread = double.CreateTruncating(Value.Span[column]);
            if (spread == 0)
                continue;
            double mean = Mean(column);
            double factor = double.CreateTruncating(Gradient.Span[column]) / (spread * Math.Max(1, rows - 1));
            for (int row = 0; row < rows; row++)
                target[row * width + column] += T.CreateTruncating(factor * (double.CreateTruncating(values[row * width + column]) - mean));
        }
    }

    private double Mean(int column)
    {
        ReadOnlySpan<T> values = _y.Value.Span;
        double sum = 0;
        for (int at = column; at < values.Length; at += _y.Shape.Last)
            sum += double.CreateTruncating(values[at]);
        return sum / Math.Max(1, _y.Shape.Rows);
    }
}
