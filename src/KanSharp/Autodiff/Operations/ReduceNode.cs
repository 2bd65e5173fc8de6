using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>Sum over one axis or over all elements, times a factor (1 for a sum, 1/n for a mean).</summary>
internal sealed class ReduceNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Columns = 256;
    private Node<T> _input = null!;
    private AxisView _view;
    private T _factor;
    private Buffer<T> _partial;
    private bool _add;

    public static Var<T> Record(Var<T> input, AxisView view, Shape shape, T factor)
    {
        var node = input.Tape.Add<ReduceNode<T>>();
        node._input = input.Node;
        node._view = view;
        node._factor = factor;
        node.Initialize(shape, input.Node.RequiresGradient);
        node.Forward();
        return new Var<T>(node);
    }

    public override void Backward()
    {
        _input.GradientTarget(out _add);
        RunPieces(Phase.Left, _view.Inner == 1 && _view.Outer == 1
            ? Pieces.Count(_view.Extent, Pieces.Elements)
            : Pieces.Count(_view.Outer, Pieces.Items(_view.Extent * _view.Inner)));
    }

    protected override void Piece(Phase phase, int piece)
    {
        switch (phase)
        {
            case Phase.Forward when _view.Inner > 1:
                Down(piece);
                break;
            case Phase.Forward when _view.Outer == 1:
                Part(piece);
                break;
            case Phase.Forward:
                Across(piece);
                break;
            default:
                Spread(piece);
                break;
        }
    }

    private void Forward()
    {
        if (_view.Inner > 1)
        {
            RunPieces(Phase.Forward, _view.Outer * Pieces.Count(_view.Inner, Columns));
        }
        else if (_view.Outer == 1)
        {
            int pieces = Pieces.Count(_view.Extent, Pieces.Elements);
            _partial = Tape.Rent(pieces);
            RunPieces(Phase.Forward, pieces);
            Value.Span[0] = VectorMath.Sum<T>(_partial.Span, Width) * _factor;
        }
        else
        {
            RunPieces(Phase.Forward, Pieces.Count(_view.Outer, Pieces.Items(_view.Extent)));
        }
    }

    /// <summary>Part of the sum of everything.</summary>
    private void Part(int piece)
    {
        (int start, int end) = Pieces.Bounds(piece, _view.Extent, Pieces.Elements);
        _partial.Span[piece] = VectorMath.Sum<T>(_input.Value.Span[start..end], Width);
    }

    /// <summary>Sums of contiguous rows.</summary>
    private void Across(int piece)
    {
        (int first, int last) = Pieces.Bounds(piece, _view.Outer, Pieces.Items(_view.Extent));
        Span<T> value = Value.Span;
        for (int row = first; row < last; row++)
            value[row] = VectorMath.Sum<T>(_input.Value.Span.Slice(row * _view.Extent, _view.Extent), Width) * _factor;
    }

    /// <summary>Sums of strided elements: whole rows added to a block of columns.</summary>
    private void Down(int piece)
    {
        int blocks = Pieces.Count(_view.Inner, Columns);
        (int outer, int block) = Math.DivRem(piece, blocks);
        (int start, int end) = Pieces.Bounds(block, _view.Inner, Columns);
        Span<T> target = Value.Span[(outer * _view.Inner + start)..(outer * _view.Inner + end)];
        target.Clear();
        ReadOnlySpan<T> input = _input.Value.Span;
        for (int index = 0; index < _view.Extent; index++)
            Runs.Put(input.Slice((outer * _view.Extent + index) * _view.Inner + start, end - start), target, true, Width);
        VectorMath.Scale(_factor, target, target, Width);
    }

    private void Spread(int piece)
    {
        ReadOnlySpan<T> gradient = Gradient.Span;
        Span<T> target = _input.Gradient.Span;
        if (_view.Inner == 1)
        {
            bool single = _view.Outer == 1;
            (int first, int last) = single ? (0, 1) : Pieces.Bounds(piece, _view.Outer, Pieces.Items(_view.Extent));
            (int start, int end) = single ? Pieces.Bounds(piece, _view.Extent, Pieces.Elements) : (0, _view.Extent);
            for (int row = first; row < last; row++)
            {
                Runs.PutConstant(
                    gradient[row] * _factor, target[(row * _view.Extent + start)..(row * _view.Extent + end)], _add, Width);
            }

            return;
        }

        (int from, int to) = Pieces.Bounds(piece, _view.Outer, Pieces.Items(_view.Extent * _view.Inner));
        for (int outer = from; outer < to; outer++)
        {
            ReadOnlySpan<T> source = gradient.Slice(outer * _view.Inner, _view.Inner);
            for (int index = 0; index < _view.Extent; index++)
                Runs.PutScaled(_factor, source, target.Slice((outer * _view.Extent + index) * _view.Inner, _view.Inner), _add, Width);
        }
    }
}
