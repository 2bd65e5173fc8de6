using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>A scalar loss whose gradient was computed together with its value; going backwards only scales it.</summary>
internal sealed class LossNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _output = null!;
    private Buffer<T> _slope;

    /// <summary>Records the node; the caller then fills <see cref="Slope"/> and the value.</summary>
    public static LossNode<T> Record(Var<T> output)
    {
        Tape<T> tape = output.Tape;
        Node<T> source = tape.Own(output);
        var node = tape.Add<LossNode<T>>();
        node.Initialize(Shape.Scalar, source.RequiresGradient);
        node._output = source;
        node._slope = node.RequiresGradient ? tape.Rent(source.Shape.Count) : default;
        return node;
    }

    /// <summary>Derivative of the loss with respect to each output; empty where no gradient is needed.</summary>
    public Span<T> Slope => _slope.IsEmpty ? default : _slope.Span;

    /// <summary>Sets the value and returns the node as a value on the tape.</summary>
    public Var<T> Complete(double value)
    {
        Value.Span[0] = T.CreateTruncating(value);
        return new Var<T>(this);
    }

    public override void Backward()
    {
        T factor = Gradient.Span[0];
        Span<T> target = _output.GradientTarget(out bool accumulate);
        if (accumulate)
            VectorMath.MultiplyAdd(factor, _slope.Span, target, Width);
        else
            VectorMath.Scale(factor, _slope.Span, target, Width);
    }
}
