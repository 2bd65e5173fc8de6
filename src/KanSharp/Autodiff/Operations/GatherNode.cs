using System.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>Rows (entries of the first axis) by index, with repetition.</summary>
internal sealed class GatherNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private int[] _indices = [];
    private int _count;
    private int _size;

    public static Var<T> Record(Var<T> input, ReadOnlySpan<int> indices)
    {
        Shape shape = input.Shape;
        if (shape.Rank == 0)
            throw new ArgumentException("Gather: the value is a single number and has no rows.", nameof(input));
        foreach (int index in indices)
        {
            if ((uint)index >= (uint)shape[0])
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"Gather: shape {shape} has rows 0..{shape[0] - 1}.");
        }

        var node = input.Tape.Add<GatherNode<T>>();
        node._input = input.Node;
        if (node._indices.Length < indices.Length)
            node._indices = new int[indices.Length];
        indices.CopyTo(node._indices);
        node._count = indices.Length;
        node._size = AxisView.Of(shape, 0).Inner;
        node.Initialize(AxisView.Replace(shape, 0, indices.Length), input.Node.RequiresGradient);
        for (int row = 0; row < indices.Length; row++)
            input.Values.Slice(indices[row] * node._size, node._size).CopyTo(node.Value.Span[(row * node._size)..]);
        return new Var<T>(node);
    }

    public override void Backward()
    {
        Span<T> target = _input.GradientSum();
        for (int row = 0; row < _count; row++)
            Runs.Put<T>(Gradient.Span.Slice(row * _size, _size), target.Slice(_indices[row] * _size, _size), true, Width);
    }
}
