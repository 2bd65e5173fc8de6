using System.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>A range of one axis.</summary>
internal sealed class SliceNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private AxisView _view;
    private int _start;
    private int _length;

    public static Var<T> Record(Var<T> input, int axis, int start, int length)
    {
        Shape shape = input.Shape;
        int extent = shape[axis];
        if (start < 0 || length < 0 || (long)start + length > extent)
        {
            throw new ArgumentOutOfRangeException(
                nameof(start), $"Slice: elements {start} to {(long)start + length} were asked for; axis {axis} of shape {shape} has 0 to {extent}.");
        }

        var view = AxisView.Of(shape, axis);
        Shape result = AxisView.Replace(shape, axis, length);
        if (view.Outer == 1)
            return ViewNode<T>.Record(input, result, start * view.Inner);
        var node = input.Tape.Add<SliceNode<T>>();
        node._input = input.Node;
        node._view = view;
        node._start = start;
        node._length = length;
        node.Initialize(result, input.Node.RequiresGradient);
        int block = length * view.Inner;
        for (int outer = 0; outer < view.Outer; outer++)
            input.Values.Slice((outer * view.Extent + start) * view.Inner, block).CopyTo(node.Value.Span[(outer * block)..]);
        return new Var<T>(node);
    }

    public override void Backward()
    {
        Span<T> target = _input.GradientSum();
        int block = _length * _view.Inner;
        for (int outer = 0; outer < _view.Outer; outer++)
        {
            Runs.Put<T>(
                Gradient.Span.Slice(outer * block, block), target.Slice((outer * _view.Extent + _start) * _view.Inner, block), true, Width);
        }
    }
}
