using System.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>Largest element along an axis; remembers where it stood.</summary>
internal sealed class MaxNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private int[] _positions = [];

    public static Var<T> Record(Var<T> input, AxisView view, Shape shape)
    {
        if (view.Extent == 0)
            throw new InvalidOperationException($"Max: shape {input.Shape} has no element along the axis; there is no largest one.");
        var node = input.Tape.Add<MaxNode<T>>();
        node._input = input.Node;
        node.Initialize(shape, input.Node.RequiresGradient);
        if (node._positions.Length < shape.Count)
            node._positions = new int[shape.Count];
        node.Forward(view);
        return new Var<T>(node);
    }

    public override void Backward()
    {
        Span<T> target = _input.GradientSum();
        ReadOnlySpan<T> gradient = Gradient.Span;
        for (int index = 0; index < gradient.Length; index++)
            target[_positions[index]] += gradient[index];
    }

    private void Forward(AxisView view)
    {
        ReadOnlySpan<T> input = _input.Value.Span;
        Span<T> value = Value.Span;
        for (int index = 0; index < value.Length; index++)
        {
            int first = index / view.Inner * view.Extent * view.Inner + index % view.Inner;
            int best = first;
            for (int step = 1; step < view.Extent && !T.IsNaN(input[best]); step++)
            {
                int candidate = first + step * view.Inner;
                if (!(input[candidate] <= input[best]))
                    best = candidate;
            }

            value[index] = input[best];
            _positions[index] = best;
        }
    }
}
