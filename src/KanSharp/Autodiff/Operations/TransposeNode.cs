using System.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>Exchanges two axes. The tensor is seen as [outer, a, middle, b, inner] and becomes [outer, b, middle, a, inner].</summary>
internal sealed class TransposeNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private int _outer;
    private int _a;
    private int _middle;
    private int _b;
    private int _inner;

    public static Var<T> Record(Var<T> input, int first, int second)
    {
        Shape shape = input.Shape;
        int one = shape.Normalize(first);
        int other = shape.Normalize(second);
        (one, other) = (Math.Min(one, other), Math.Max(one, other));
        var node = input.Tape.Add<TransposeNode<T>>();
        node._input = input.Node;
        Span<int> extents = stackalloc int[Shape.MaxRank];
        shape.CopyTo(extents);
        node._outer = Product(extents[..one]);
        node._a = extents[one];
        node._middle = one == other ? 1 : Product(extents[(one + 1)..other]);
        node._b = one == other ? 1 : extents[other];
        node._inner = Product(extents[(other + 1)..shape.Rank]);
        (extents[one], extents[other]) = (extents[other], extents[one]);
        node.Initialize(new Shape(extents[..shape.Rank]), input.Node.RequiresGradient);
        node.Exchange(input.Values, node.Value.Span, node._a, node._b, false);
        return new Var<T>(node);
    }

    public override void Backward()
    {
        Span<T> target = _input.GradientTarget(out bool add);
        Exchange(Gradient.Span, target, _b, _a, add);
    }

    private static int Product(ReadOnlySpan<int> extents)
    {
        int product = 1;
        foreach (int extent in extents)
            product *= extent;
        return product;
    }

    /// <summary>Reads [outer, a, middle, b, inner], writes [outer, b, middle, a, inner].</summary>
    private void Exchange(ReadOnlySpan<T> source, Span<T> target, int a, int b, bool add)
    {
        if (target.IsEmpty)
            return;
        int next = 0;
        for (int outer = 0; outer < _outer; outer++)
        {
            for (int j = 0; j < b; j++)
            {
                for (int middle = 0; middle < _middle; middle++)
                {
                    for (int i = 0; i < a; i++, next += _inner)
                    {
                        int from = (((outer * a + i) * _middle + middle) * b + j) * _inner;
                        if (_inner > 1)
                            Runs.Put(source.Slice(from, _inner), target.Slice(next, _inner), add, Width);
                        else
                            target[next] = add ? target[next] + source[from] : source[from];
                    }
                }
            }
        }
    }
}
