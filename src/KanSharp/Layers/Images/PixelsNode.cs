using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;

namespace KanSharp.Layers.Images;

/// <summary>The planes of a convolution's geometry, [N, C, planes · plane size], with 0 outside the image.</summary>
internal sealed class PixelsNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private ConvGeometry _geometry = null!;

    public static Var<T> Record(Var<T> x, ConvGeometry geometry)
    {
        var node = x.Tape.Add<PixelsNode<T>>();
        (node._input, node._geometry) = (x.Node, geometry);
        node.Initialize(new Shape(x.Shape[0], x.Shape[1], geometry.Source.Length), x.Node.RequiresGradient);
        node.RunPieces(Phase.Forward, node.PieceCount);
        return new Var<T>(node);
    }

    private int Images => Shape[0] * Shape[1];

    private int PerPiece => Pieces.Items(_geometry.Source.Length);

    private int PieceCount => Pieces.Count(Images, PerPiece);

    public override void Backward()
    {
        _input.GradientSum();
        RunPieces(Phase.Left, PieceCount);
    }

    protected override void Piece(Phase phase, int piece)
    {
        (int start, int end) = Pieces.Bounds(piece, Images, PerPiece);
        ReadOnlySpan<int> map = _geometry.Source;
        for (int image = start; image < end; image++)
        {
            int from = image * _geometry.InputCount, to = image * map.Length;
            if (phase == Phase.Forward)
            {
                ReadOnlySpan<T> source = _input.Value.Span.Slice(from, _geometry.InputCount);
                Span<T> target = Value.Span.Slice(to, map.Length);
                for (int place = 0; place < map.Length; place++)
                    target[place] = map[place] < 0 ? T.Zero : source[map[place]];
                continue;
            }

            Span<T> sums = _input.Gradient.Span.Slice(from, _geometry.InputCount);
            ReadOnlySpan<T> gradient = Gradient.Span.Slice(to, map.Length);
            for (int place = 0; place < map.Length; place++)
            {
                if (map[place] >= 0)
                    sums[map[place]] += gradient[place];
            }
        }
    }
}
