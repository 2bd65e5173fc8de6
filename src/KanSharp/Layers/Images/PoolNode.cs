using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;

namespace KanSharp.Layers.Images;

/// <summary>Pooling of images, channel by channel.</summary>
internal abstract class PoolNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private PoolGrid _grid;
    private Buffer<T> _scratch;
    private bool _add;

    protected ref readonly PoolGrid Grid => ref _grid;

    private int Planes => Shape[0] * Shape[1];

    private int PlanesPerPiece => Pieces.Items(_grid.InputPlane);

    private int PieceCount => Pieces.Count(Planes, PlanesPerPiece);

    /// <summary>Room for a row, rounded up so that two threads do not write to one cache line.</summary>
    private int ScratchLength => (_grid.Width.Input + 15) / 16 * 16;

    public override void Backward()
    {
        _input.GradientTarget(out _add);
        RunPieces(Phase.Left, PieceCount);
    }

    protected Var<T> Compute(Var<T> input, Shape shape, in PoolGrid grid)
    {
        _input = input.Node;
        _grid = grid;
        Initialize(shape, input.Node.RequiresGradient);
        _scratch = Tape.Rent(PieceCount * ScratchLength);
        RunPieces(Phase.Forward, PieceCount);
        return new Var<T>(this);
    }

    protected override void Piece(Phase phase, int piece)
    {
        Span<T> scratch = _scratch.Span.Slice(piece * ScratchLength, _grid.Width.Input);
        (int first, int last) = Pieces.Bounds(piece, Planes, PlanesPerPiece);
        (int inputs, int outputs) = (_grid.InputPlane, _grid.OutputPlane);
        for (int plane = first; plane < last; plane++)
        {
            ReadOnlySpan<T> x = _input.Value.Span.Slice(plane * inputs, inputs);
            Span<T> y = Value.Span.Slice(plane * outputs, outputs);
            if (phase == Phase.Forward)
            {
                Forward(x, y, scratch);
                continue;
            }

            Span<T> target = _input.Gradient.Span.Slice(plane * inputs, inputs);
            if (!_add)
                target.Clear();
            AddGradients(x, y, Gradient.Span.Slice(plane * outputs, outputs), target, scratch);
        }
    }

    /// <summary>Computes one channel.</summary>
    protected abstract void Forward(ReadOnlySpan<T> x, Span<T> y, Span<T> scratch);

    /// <summary>Adds the gradient of one channel.</summary>
    protected abstract void AddGradients(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> gradient, Span<T> target, Span<T> scratch);
}
