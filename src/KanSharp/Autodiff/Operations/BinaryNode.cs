using System.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>An elementwise operation of two broadcast operands.</summary>
internal sealed class BinaryNode<T, TOperation> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TOperation : struct, IBinaryOperation
{
    private Node<T> _left = null!;
    private Node<T> _right = null!;
    private Broadcast _broadcast;
    private Buffer<T> _target;
    private bool _add;

    public static Var<T> Record(Var<T> left, Var<T> right)
    {
        Tape<T> tape = left.Tape;
        tape.Own(right);
        var broadcast = Broadcast.Of(TOperation.Name, left.Shape, right.Shape);
        var node = tape.Add<BinaryNode<T, TOperation>>();
        node._left = left.Node;
        node._right = right.Node;
        node._broadcast = broadcast;
        node.Initialize(broadcast.Result, left.Node.RequiresGradient || right.Node.RequiresGradient);
        node.RunPieces(Phase.Forward, node.PieceCount);
        return new Var<T>(node);
    }

    private int PieceCount => _broadcast.Runs == 1
        ? Pieces.Count(_broadcast.Run, Pieces.Elements)
        : Pieces.Count(_broadcast.Runs, Pieces.Items(_broadcast.Run));

    public override void Backward()
    {
        Flow(_left, _broadcast.RepeatsLeft, Phase.Left);
        Flow(_right, _broadcast.RepeatsRight, Phase.Right);
    }

    protected override void Piece(Phase phase, int piece)
    {
        if (_broadcast.Runs == 1)
        {
            (int start, int end) = Pieces.Bounds(piece, _broadcast.Run, Pieces.Elements);
            One(phase, 0, start, end);
            return;
        }

        (int first, int last) = Pieces.Bounds(piece, _broadcast.Runs, Pieces.Items(_broadcast.Run));
        for (int run = first; run < last; run++)
            One(phase, run, 0, _broadcast.Run);
    }

    /// <summary>A repeated operand's gradient is a sum over runs: done in order by one thread, so that its bits are fixed.</summary>
    private void Flow(Node<T> operand, bool repeated, Phase phase)
    {
        if (!operand.RequiresGradient)
            return;
        if (!repeated)
        {
            operand.GradientTarget(out _add);
            _target = operand.Gradient;
            RunPieces(phase, PieceCount);
            return;
        }

        operand.GradientSum();
        _add = true;
        _target = operand.Gradient;
        for (int piece = 0; piece < PieceCount; piece++)
            Piece(phase, piece);
    }

    private void One(Phase phase, int run, int start, int end)
    {
        _broadcast.Offsets(run, out int left, out int right);
        int result = run * _broadcast.Run + start;
        int length = end - start;
        int leftStart = left + start * _broadcast.LeftStep;
        int rightStart = right + start * _broadcast.RightStep;
        int leftLength = _broadcast.LeftStep == 0 ? 1 : length;
        int rightLength = _broadcast.RightStep == 0 ? 1 : length;
        ReadOnlySpan<T> l = _left.Value.Span.Slice(leftStart, leftLength);
        ReadOnlySpan<T> r = _right.Value.Span.Slice(rightStart, rightLength);
        if (phase == Phase.Forward)
        {
            BinaryKernel<TOperation, T>.Apply(Width, l, r, Value.Span.Slice(result, length));
            return;
        }

        bool ofLeft = phase == Phase.Left;
        Span<T> target = ofLeft ? _target.Span.Slice(leftStart, leftLength) : _target.Span.Slice(rightStart, rightLength);
        BinaryKernel<TOperation, T>.Gradient(Width, ofLeft, Gradient.Span.Slice(result, length), l, r, target, _add);
    }
}
