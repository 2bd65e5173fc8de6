using System.Numerics;

namespace KanSharp.Autodiff;

/// <summary>
/// A value on a <see cref="Tape{T}"/>. Operators and methods record further operations; all are differentiable. Element-wise operations
/// broadcast as NumPy does: shapes are aligned at the last axis, and an extent of 1 is repeated.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly partial struct Var<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal Var(Node<T> node) => Node = node;

    internal Node<T> Node { get; }

    /// <summary>The tape the value is recorded on.</summary>
    public Tape<T> Tape => Node.Tape;

    /// <summary>The extents.</summary>
    public Shape Shape => Node.Shape;

    /// <summary>The numbers, row-major; valid until the tape is reset.</summary>
    public ReadOnlySpan<T> Values => Node.Value.Span;

    /// <summary>The number, for a value with one element.</summary>
    /// <exception cref="InvalidOperationException">More or fewer elements than one.</exception>
    public T Item => Shape.Count == 1
        ? Values[0]
        : throw new InvalidOperationException($"Item needs a single number; this value has shape {Shape}.");

    /// <summary>
    /// Gradient of the last <see cref="Tape{T}.Backward(Var{T})"/> with respect to this value; empty where none has flowed.
    /// </summary>
    public ReadOnlySpan<T> Gradient => Node.Gradient.IsEmpty ? default : Node.Gradient.Span;

    /// <summary>A copy that outlives the tape's next reset.</summary>
    public Tensor<T> ToTensor() => new(Shape, Values.ToArray());
}
