using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Images;

/// <summary>
/// y[n, o, p] = Σ_t z[n, place of p at tap t, (t, o)]: the values of a kernel at all pixels, [N, planes · plane size, taps · O], shifted and added to [N, O, ...].
/// </summary>
internal sealed class FoldNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private ConvGeometry _geometry = null!;

    public static Var<T> Record(Var<T> z, ConvGeometry geometry)
    {
        var node = z.Tape.Add<FoldNode<T>>();
        (node._input, node._geometry) = (z.Node, geometry);
        Span<int> extents = stackalloc int[geometry.Output.Length + 2];
        extents[0] = z.Shape[0];
        extents[1] = z.Shape.Last / geometry.Window.Taps;
        geometry.Output.CopyTo(extents[2..]);
        node.Initialize(new Shape(extents), z.Node.RequiresGradient);
        node.RunPieces(Phase.Forward, z.Shape[0]);
        return new Var<T>(node);
    }

    public override void Backward()
    {
        _input.GradientSum();
        RunPieces(Phase.Left, Shape[0]);
    }

    protected override void Piece(Phase phase, int piece)
    {
        bool forward = phase == Phase.Forward;
        int outputs = Shape[1], taps = _geometry.Window.Taps, row = _geometry.RowLength, edges = taps * outputs;
        int image = _geometry.Source.Length * edges, count = _geometry.OutputCount;
        Span<T> z = (forward ? _input.Value : _input.Gradient).Span.Slice(piece * image, image);
        Span<T> y = (forward ? Value : Gradient).Span.Slice(piece * outputs * count, outputs * count);
        if (forward)
            y.Clear();
        for (int tap = 0; tap < taps; tap++)
        {
            int first = _geometry.PlaneOfTap[tap] * _geometry.PlaneSize + _geometry.OffsetOfTap[tap];
            for (int line = 0; line < _geometry.RowStarts.Length; line++)
            {
                for (int index = 0; index < row; index++)
                {
                    int place = first + _geometry.RowStarts[line] + index;
                    if (_geometry.Mode == PaddingMode.PadBasis && _geometry.Source[place] < 0)
                        continue;
                    Span<T> from = z.Slice(place * edges + tap * outputs, outputs);
                    for (int output = 0; output < outputs; output++)
                    {
                        int at = output * count + line * row + index;
                        if (forward)
                            y[at] += from[output];
                        else
                            from[output] += y[at];
                    }
                }
            }
        }
    }
}
