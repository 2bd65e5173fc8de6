using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;

namespace KanSharp.Layers.Images;

/// <summary>Sets whole channels to 0 at random and scales the others up. The mask is drawn again in the backward pass from its key.</summary>
internal sealed class ChannelDropoutNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private ChannelLayout _layout;
    private MaskKey _key;
    private ulong _threshold;
    private T _scale;
    private bool _add;

    /// <param name="input">Values, [N, C, ...].</param>
    /// <param name="layout">Their layout.</param>
    /// <param name="rate">Probability of 0, in [0, 1).</param>
    /// <param name="key">Key of the mask; the same key drops the same channels.</param>
    public static Var<T> Record(Var<T> input, ChannelLayout layout, double rate, MaskKey key)
    {
        var node = input.Tape.Add<ChannelDropoutNode<T>>();
        node._input = input.Node;
        node._layout = layout;
        node._key = key;
        node._threshold = (ulong)(rate * (1UL << 32));
        node._scale = T.CreateTruncating(1 / (1 - rate));
        node.Initialize(input.Shape, input.Node.RequiresGradient);
        node.RunPieces(Phase.Forward, node.PieceCount);
        return new Var<T>(node);
    }

    private int Planes => _layout.Samples * _layout.Channels;

    private int PlanesPerPiece => Pieces.Items(_layout.Plane);

    private int PieceCount => Shape.Count == 0 ? 0 : Pieces.Count(Planes, PlanesPerPiece);

    public override void Backward()
    {
        _input.GradientTarget(out _add);
        RunPieces(Phase.Left, PieceCount);
    }

    protected override void Piece(Phase phase, int piece)
    {
        (int first, int last) = Pieces.Bounds(piece, Planes, PlanesPerPiece);
        Span<uint> bits = stackalloc uint[MaskKey.BlockLength];
        bool forward = phase == Phase.Forward;
        ReadOnlySpan<T> source = forward ? _input.Value.Span : Gradient.Span;
        Span<T> target = forward ? Value.Span : _input.Gradient.Span;
        bool add = !forward && _add;
        for (int plane = first; plane < last; plane++)
        {
            int lane = plane % MaskKey.BlockLength;
            if (lane == 0 || plane == first)
                _key.Block(plane / MaskKey.BlockLength, bits);
            (int start, int length) = (plane * _layout.Plane, _layout.Plane);
            if (bits[lane] >= _threshold)
                Runs.PutScaled(_scale, source.Slice(start, length), target.Slice(start, length), add, Width);
            else if (!add)
                target.Slice(start, length).Clear();
        }
    }
}
