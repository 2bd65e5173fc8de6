using System.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>Exchanges two axes. The tensor is seen as [outer, a, middle, b, inner] and becomes [outer, b, middle, a, inner].</summary>
internal sealed class TransposeNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Tile = 16;
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
        for (int outer = 0; outer < _outer; outer++)
        {
            for (int middle = 0; middle < _middle; middle++)
            {
                for (int j = 0; j < b; j += Tile)
                {
                    for (int i = 0; i < a; i += Tile)
                        ExchangeTile(source, target, a, b, outer, middle, i, j, add);
                }
            }
        }
    }

    /// <summary>A square small enough that its rows and its columns stay in the first-level cache.</summary>
    private void ExchangeTile(ReadOnlySpan<T> source, Span<T> target, int a, int b, int outer, int middle, int firstA, int firstB, bool add)
    {
        int lastA = Math.Min(a, firstA + Tile);
        int lastB = Math.Min(b, firstB + Tile);
        for (int j = firstB; j < lastB; j++)
        {
            int to = (((outer * b + j) * _middle + middle) * a + firstA) * _inner;
            int from = (((outer * a + firstA) * _middle + middle) * b + j) * _inner;
            for (int i = firstA; i < lastA; i++, to += _inner, from += _middle * b * _inner)
            {
                if (_inner > 1)
                    Runs.Put(source.Slice(from, _inner), target.Slice(to, _inner), add, Width);
                else
                    target[to] = add ? target[to] + source[from] : source[from];
            }
        }
    }
}
