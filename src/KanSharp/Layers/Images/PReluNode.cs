using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;

namespace KanSharp.Layers.Images;

/// <summary>x where it is positive, slope·x elsewhere, with one slope for all elements or one per channel.</summary>
internal sealed class PReluNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private Node<T> _slope = null!;
    private int _runLength;
    private Buffer<T> _partial;
    private bool _add;

    /// <param name="input">Values.</param>
    /// <param name="slope">One slope, or one per channel.</param>
    /// <param name="plane">Elements of a channel where there is a slope per channel.</param>
    public static Var<T> Record(Var<T> input, Var<T> slope, int plane)
    {
        var node = input.Tape.Add<PReluNode<T>>();
        node._input = input.Node;
        node._slope = slope.Node;
        node._runLength = slope.Shape.Count == 1 ? Pieces.Elements : plane;
        node.Initialize(input.Shape, input.Node.RequiresGradient || slope.Node.RequiresGradient);
        node.RunPieces(Phase.Forward, node.PieceCount);
        return new Var<T>(node);
    }

    /// <summary>Runs of elements with the same slope, cut to pieces where one slope is for all.</summary>
    private int RunCount => Shape.Count == 0 ? 0 : Pieces.Count(Shape.Count, _runLength);

    private int RunsPerPiece => Pieces.Items(_runLength);

    private int PieceCount => Pieces.Count(RunCount, RunsPerPiece);

    public override void Backward()
    {
        if (_input.RequiresGradient)
            _input.GradientTarget(out _add);
        _partial = Tape.Rent(RunCount);
        RunPieces(Phase.Left, PieceCount);
        if (!_slope.RequiresGradient)
            return;
        Span<T> slopes = _slope.GradientSum();
        for (int run = 0; run < RunCount; run++)
            slopes[run % slopes.Length] += _partial.Span[run];
    }

    protected override void Piece(Phase phase, int piece)
    {
        (int first, int last) = Pieces.Bounds(piece, RunCount, RunsPerPiece);
        for (int run = first; run < last; run++)
        {
            int start = run * _runLength;
            int length = Math.Min(_runLength, Shape.Count - start);
            T slope = _slope.Value.Span[run % _slope.Shape.Count];
            ReadOnlySpan<T> x = _input.Value.Span.Slice(start, length);
            if (phase == Phase.Forward)
            {
                UnaryRun<PReluOperation, T>.Apply(Width, x, Value.Span.Slice(start, length), slope);
                continue;
            }

            ReadOnlySpan<T> gradient = Gradient.Span.Slice(start, length);
            if (_slope.RequiresGradient)
                _partial.Span[run] = PlaneSums.Negatives(Width, gradient, x);
            if (_input.RequiresGradient)
                UnaryRun<PReluOperation, T>.Gradient(Width, gradient, x, x, _input.Gradient.Span.Slice(start, length), _add, slope);
        }
    }
}
