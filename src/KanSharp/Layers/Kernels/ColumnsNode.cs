using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Kernels;

/// <summary>Chosen columns of the last axis, in the order given.</summary>
internal sealed class ColumnsNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private int[] _columns = [];

    public static Var<T> Record(Var<T> input, int[] columns)
    {
        var node = input.Tape.Add<ColumnsNode<T>>();
        (node._input, node._columns) = (input.Node, columns);
        node.Initialize(input.Shape.WithLast(columns.Length), input.Node.RequiresGradient);
        Select(input.Values, input.Shape.Last, columns, node.Value.Span);
        return new Var<T>(node);
    }

    /// <summary>The columns of rows in memory.</summary>
    public static void Select(ReadOnlySpan<T> rows, int width, ReadOnlySpan<int> columns, Span<T> chosen)
    {
        for (int start = 0, to = 0; start < rows.Length; start += width)
        {
            foreach (int column in columns)
                chosen[to++] = rows[start + column];
        }
    }

    public override void Backward()
    {
        Span<T> target = _input.GradientSum();
        ReadOnlySpan<T> gradient = Gradient.Span;
        int width = _input.Shape.Last;
        for (int start = 0, from = 0; start < target.Length; start += width)
        {
            foreach (int column in _columns)
                target[start + column] += gradient[from++];
        }
    }
}
