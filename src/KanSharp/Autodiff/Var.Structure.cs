using KanSharp.Autodiff.Operations;

namespace KanSharp.Autodiff;

/// <content>Rearranging and selecting elements.</content>
public readonly partial struct Var<T>
{
    /// <summary>The same numbers under another shape; nothing is copied.</summary>
    /// <exception cref="ArgumentException">The shape has another number of elements.</exception>
    public Var<T> Reshape(Shape shape)
    {
        if (shape.Count != Shape.Count)
            throw new ArgumentException($"Reshape: shape {Shape} has {Shape.Count} elements, {shape} has {shape.Count}.", nameof(shape));
        return ViewNode<T>.Record(this, shape, 0);
    }

    /// <summary>The range [start, start + length) of an axis. Along the first axis nothing is copied.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="start">First index.</param>
    /// <param name="length">Number of indices.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such axis, or the range leaves it.</exception>
    public Var<T> Slice(int axis, int start, int length) => SliceNode<T>.Record(this, axis, start, length);

    /// <summary>Values one after the other along an axis; the other extents must agree.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="values">At least one value.</param>
    /// <exception cref="ArgumentException">No values, other extents that differ, or different tapes.</exception>
    public static Var<T> Concat(int axis, params ReadOnlySpan<Var<T>> values) => ConcatNode<T>.Record(axis, values);

    /// <summary>Entries of the first axis by index, in the order given; an index may repeat. The indices are copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index outside the first axis.</exception>
    public Var<T> Gather(params ReadOnlySpan<int> indices) => GatherNode<T>.Record(this, indices);

    /// <summary>The same numbers as a constant: gradients stop here. Nothing is copied.</summary>
    public Var<T> Detach()
    {
        if (!Node.RequiresGradient)
            return this;
        Node<T> source = Node;
        var node = Tape.Add<ConstantNode<T>>();
        node.Initialize(source.Shape, source.Value, requiresGradient: false);
        return new Var<T>(node);
    }
}
