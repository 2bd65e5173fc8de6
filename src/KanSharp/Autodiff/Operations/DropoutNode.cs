using System.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>Sets elements to 0 at random and scales the others up. The mask is recomputed in the backward pass from its key.</summary>
internal sealed class DropoutNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private MaskKey _key;
    private ulong _threshold;
    private T _scale;
    private bool _add;

    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public static void CheckRate(double rate)
    {
        if (!(rate is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "Dropout: the rate must be at least 0 and below 1.");
    }

    /// <param name="input">Values.</param>
    /// <param name="rate">Probability of 0, in [0, 1).</param>
    /// <param name="key">Key of the mask; the same key drops the same positions.</param>
    public static Var<T> Record(Var<T> input, double rate, MaskKey key)
    {
        var node = input.Tape.Add<DropoutNode<T>>();
        node._input = input.Node;
        node._key = key;
        node._threshold = (ulong)(rate * (1UL << 32));
        node._scale = T.CreateTruncating(1 / (1 - rate));
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
        Span<uint> bits = stackalloc uint[MaskKey.BlockLength];
        bool forward = phase == Phase.Forward;
        ReadOnlySpan<T> source = forward ? _input.Value.Span : Gradient.Span;
        Span<T> target = forward ? Value.Span : _input.Gradient.Span;
        bool add = !forward && _add;
        for (int i = start; i < end; i++)
        {
            int lane = i % MaskKey.BlockLength;
            if (lane == 0)
                _key.Block(i / MaskKey.BlockLength, bits);
            T value = bits[lane] < _threshold ? T.Zero : source[i] * _scale;
            target[i] = add ? target[i] + value : value;
        }
    }
}
