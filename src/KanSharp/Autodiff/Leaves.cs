using System.Numerics;

namespace KanSharp.Autodiff;

/// <summary>A value without inputs and without gradient.</summary>
internal sealed class ConstantNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Backward()
    {
    }
}

/// <summary>A value without inputs whose gradient is asked for.</summary>
internal sealed class InputNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Backward()
    {
    }
}

/// <summary>A parameter: value and gradient are the parameter's own arrays, so gradients add up over passes.</summary>
internal sealed class ParameterNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Parameter<T>? _parameter;

    public Parameter<T> Parameter => _parameter!;

    public void Set(Parameter<T> parameter)
    {
        _parameter = parameter;
        Initialize(parameter.Shape, new Buffer<T>(parameter.Value.Array, 0, parameter.Shape.Count), parameter.Trainable && !Tape.ForJacobian);
    }

    public override Span<T> GradientTarget(out bool accumulate)
    {
        SetGradient(new Buffer<T>(_parameter!.GradientTarget(out accumulate), 0, Shape.Count));
        return Gradient.Span;
    }

    public override void Backward()
    {
    }
}
