using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>An activation or its derivative of order 1 to 4, element by element.</summary>
internal sealed class ActivationNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chunk = 256;
    private Node<T> _input = null!;
    private Activation _activation = null!;
    private int _order;
    private bool _add;

    public static Var<T> Record(Var<T> input, Activation activation, int order)
    {
        if (!DerivativeOrder.IsOfNode(order))
            throw DerivativeOrder.Refused($"Activation {activation}", order);
        var node = input.Tape.Add<ActivationNode<T>>();
        node._input = input.Node;
        node._activation = activation;
        node._order = order;
        node.Initialize(input.Shape, input.Node.RequiresGradient);
        node.RunPieces(Phase.Forward, node.PieceCount);
        return new Var<T>(node);
    }

    private int PieceCount => Pieces.Count(Shape.Count, Pieces.Elements / 4);

    public override void Backward()
    {
        _input.GradientTarget(out _add);
        RunPieces(Phase.Left, PieceCount);
    }

    protected override void Piece(Phase phase, int piece)
    {
        (int start, int end) = Pieces.Bounds(piece, Shape.Count, Pieces.Elements / 4);
        ReadOnlySpan<T> x = _input.Value.Span[start..end];
        if (phase == Phase.Forward)
            _activation.Evaluate(_order, x, Value.Span[start..end], Width);
        else if (_add)
            Add(x, Gradient.Span[start..end], _input.Gradient.Span[start..end]);
        else
            _activation.Multiply(_order + 1, x, Gradient.Span[start..end], _input.Gradient.Span[start..end], Width);
    }

    private void Add(ReadOnlySpan<T> x, ReadOnlySpan<T> gradient, Span<T> target)
    {
        var storage = default(Scratch);
        Span<T> scratch = storage;
        for (int start = 0; start < x.Length; start += Chunk)
        {
            int length = Math.Min(Chunk, x.Length - start);
            _activation.Multiply(_order + 1, x.Slice(start, length), gradient.Slice(start, length), scratch[..length], Width);
            Runs.Put<T>(scratch[..length], target.Slice(start, length), true, Width);
        }
    }

    [InlineArray(Chunk)]
    private struct Scratch
    {
        private T _first;
    }
}
