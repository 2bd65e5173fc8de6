using System.Numerics;

namespace KanSharp.Autodiff;

/// <summary>A trainable array: its values, the gradient that backward passes add to, and whether the optimiser may change it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Parameter<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[]? _gradient;
    private bool _isCleared;

    /// <summary>Creates a parameter from its initial values; the tensor's storage becomes the parameter's.</summary>
    public Parameter(Tensor<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>Creates a parameter of zeros.</summary>
    public Parameter(Shape shape)
        : this(new Tensor<T>(shape))
    {
    }

    /// <summary>The values.</summary>
    public Tensor<T> Value { get; }

    /// <summary>The extents.</summary>
    public Shape Shape => Value.Shape;

    /// <summary>Whether training may change the values (default true). A frozen parameter gets no gradient.</summary>
    public bool Trainable { get; set; } = true;

    /// <summary>
    /// Sum of the gradients of all backward passes since <see cref="ClearGradient"/>, same layout as the values. The first use creates it, and the
    /// first after <see cref="ClearGradient"/> fills it with zeros: not from two threads at once.
    /// </summary>
    public Span<T> Gradient => GradientArray;

    internal T[] GradientArray
    {
        get
        {
            T[] gradient = _gradient ??= new T[Shape.Count];
            if (_isCleared)
            {
                System.Array.Clear(gradient);
                _isCleared = false;
            }

            return gradient;
        }
    }

    /// <summary>
    /// Sets the gradient to zero. The zeros are written by the next use of <see cref="Gradient"/>, or never, if a backward pass comes first: a span
    /// taken earlier shows them no sooner.
    /// </summary>
    public void ClearGradient() => _isCleared = _gradient is not null;

    /// <summary>
    /// The gradient's storage for a backward pass. Right after <see cref="ClearGradient"/> nothing has been written yet: then
    /// <paramref name="accumulate"/> is false, and the caller overwrites all of it, which saves a pass over the memory.
    /// </summary>
    internal T[] GradientTarget(out bool accumulate)
    {
        accumulate = !_isCleared;
        _isCleared = false;
        return _gradient ??= new T[Shape.Count];
    }
}
