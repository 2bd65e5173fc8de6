using System.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>Values one after the other along an axis.</summary>
internal sealed class ConcatNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T>[] _inputs = [];
    private int _count;
    private int _axis;

    public static Var<T> Record(int axis, ReadOnlySpan<Var<T>> values)
    {
        if (values.IsEmpty)
            throw new ArgumentException("Concat: no values were given; at least one is needed.", nameof(values));
        Tape<T> tape = values[0].Tape;
        Shape first = values[0].Shape;
        int index = first.Normalize(axis);
        int extent = 0;
        bool requiresGradient = false;
        foreach (Var<T> value in values)
        {
            tape.Own(value);
            Shape shape = value.Shape;
            if (shape.Rank != first.Rank || AxisView.Replace(shape, index, first[index]) != first)
                throw new ArgumentException($"Concat: shapes {first} and {shape} differ in an axis other than {index}.", nameof(values));
            extent = checked(extent + shape[index]);
            requiresGradient |= value.Node.RequiresGradient;
        }

        var node = tape.Add<ConcatNode<T>>();
        if (node._inputs.Length < values.Length)
            node._inputs = new Node<T>[values.Length];
        node._count = values.Length;
        node._axis = index;
        for (int i = 0; i < values.Length; i++)
            node._inputs[i] = values[i].Node;
        node.Initialize(AxisView.Replace(first, index, extent), requiresGradient);
        node.Forward();
        return new Var<T>(node);
    }

    public override void Backward()
    {
        var whole = AxisView.Of(Shape, _axis);
        int offset = 0;
        foreach (Node<T> input in _inputs.AsSpan(0, _count))
        {
            int block = input.Shape[_axis] * whole.Inner;
            if (input.RequiresGradient)
            {
                Span<T> target = input.GradientTarget(out bool add);
                for (int outer = 0; outer < whole.Outer; outer++)
                {
                    Runs.Put<T>(
                        Gradient.Span.Slice(outer * whole.Extent * whole.Inner + offset, block), target.Slice(outer * block, block), add, Width);
                }
            }

            offset += block;
        }
    }

    private void Forward()
    {
        var whole = AxisView.Of(Shape, _axis);
        int offset = 0;
        foreach (Node<T> input in _inputs.AsSpan(0, _count))
        {
            int block = input.Shape[_axis] * whole.Inner;
            for (int outer = 0; outer < whole.Outer; outer++)
                input.Value.Span.Slice(outer * block, block).CopyTo(Value.Span[(outer * whole.Extent * whole.Inner + offset)..]);
            offset += block;
        }
    }
}
