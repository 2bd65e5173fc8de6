using System.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>A contiguous part of another value, perhaps under another shape; shares its storage.</summary>
internal sealed class ViewNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private int _start;

    public static Var<T> Record(Var<T> input, Shape shape, int start)
    {
        Buffer<T> source = input.Node.Value;
        var node = input.Tape.Add<ViewNode<T>>();
        node._input = input.Node;
        node._start = start;
        node.Initialize(shape, new Buffer<T>(source.Array, source.Offset + start, shape.Count), input.Node.RequiresGradient);
        return new Var<T>(node);
    }

    public override void Backward()
    {
        bool whole = Shape.Count == _input.Shape.Count;
        bool add = true;
        Span<T> target = whole ? _input.GradientTarget(out add) : _input.GradientSum();
        Runs.Put<T>(Gradient.Span, target.Slice(_start, Shape.Count), add, Width);
    }
}
