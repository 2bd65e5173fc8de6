using System.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>An elementwise operation of one operand and up to two constants.</summary>
internal sealed class UnaryNode<T, TOperation> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TOperation : struct, IUnaryOperation
{
    private Node<T> _input = null!;
    private T _a;
    private T _b;
    private bool _add;

    public static Var<T> Record(Var<T> input, T a = default, T b = default)
    {
        var node = input.Tape.Add<UnaryNode<T, TOperation>>();
        node._input = input.Node;
        node._a = a;
        node._b = b;
        node.Initialize(input.Shape, input.Node.RequiresGradient);
        node.RunPieces(Phase.Forward, Pieces.Count(input.Shape.Count, Pieces.Elements));
        return new Var<T>(node);
    }

    public override void Backward()
    {
        _input.GradientTarget(out _add);
        RunPieces(Phase.Left, Pieces.Count(Shape.Count, Pieces.Elements));
    }

    protected override void Piece(Phase phase, int piece)
    {
        (int start, int end) = Pieces.Bounds(piece, Shape.Count, Pieces.Elements);
        int length = end - start;
        ReadOnlySpan<T> x = _input.Value.Span.Slice(start, length);
        Span<T> y = Value.Span.Slice(start, length);
        if (phase == Phase.Forward)
        {
            UnaryRun<TOperation, T>.Apply(Width, x, y, _a, _b);
            return;
        }

        UnaryRun<TOperation, T>.Gradient(
            Width, Gradient.Span.Slice(start, length), x, y, _input.Gradient.Span.Slice(start, length), _add, _a, _b);
    }
}
