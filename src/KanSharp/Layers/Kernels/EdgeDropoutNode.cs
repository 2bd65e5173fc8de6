using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// A layer in training with values of edges dropped at random before they are added up, y_no = bias_o + Σ_i d_nio·φ_io(x_ni)/(1 − p) with d = 0 with probability p and
/// else 1 (DropKAN: Altarabichi, arXiv 2407.13044). The d are words of a counter-based stream, drawn again in the backward pass. Forward a piece is a block of rows,
/// backward an input.
/// </summary>
internal sealed class EdgeDropoutNode<T> : EdgeBlockNode<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private MaskKey _key;
    private ulong _threshold;
    private T _scale;

    private int BlocksPerEdgeRow => (Parts.Outputs + MaskKey.BlockLength - 1) / MaskKey.BlockLength;

    /// <summary>Records and computes the node.</summary>
    /// <param name="table">The functions.</param>
    /// <param name="baseActivation">Function of the base row; null without base weights.</param>
    /// <param name="x">Inputs [..., I].</param>
    /// <param name="parts">The layer's parameters.</param>
    /// <param name="rate">p.</param>
    /// <param name="key">Key of the mask.</param>
    /// <param name="first">First of the family's own trained parameters, or null.</param>
    /// <param name="second">The second one, or null.</param>
    public static Var<T> Record(
        IPointBasis<T> table, Activation? baseActivation, Node<T> x, in LayerNodes<T> parts, double rate, MaskKey key, Node<T>? first, Node<T>? second)
    {
        var node = x.Tape.Add<EdgeDropoutNode<T>>();
        node._key = key;
        node._threshold = (ulong)(rate * (1UL << 32));
        node._scale = T.CreateTruncating(1 / (1 - rate));
        bool requires = node.Take(table, baseActivation, x, parts, first, second);
        node.Initialize(x.Shape.WithLast(parts.Outputs), requires);
        GlobalPrediction<T>.Fill(parts.Bias is null ? default : parts.Bias.Value.Span, node.Value.Span);
        if (node.Rows > 0)
        {
            node.Prepare();
            node.RunPieces(Phase.Forward, Pieces.Count(node.Rows, EdgeSizeScratch<T>.Rows(node.Padded)));
        }

        return new Var<T>(node);
    }

    public override void Backward()
    {
        if (Rows == 0)
            return;
        RunBackward();
        if (Parts.Bias is not { RequiresGradient: true } bias)
            return;
        Span<T> sum = bias.GradientSum();
        for (int start = 0; start < Gradient.Length; start += sum.Length)
            VectorMath.Add(sum, Gradient.Span.Slice(start, sum.Length), sum, Width);
    }

    protected override void Piece(Phase phase, int piece)
    {
        if (phase == Phase.Forward)
        {
            Add(piece * EdgeSizeScratch<T>.Rows(Padded));
            return;
        }

        EdgeSizeScratch<T> scratch = Rent(piece);
        Span<T> sums = WeightSums(scratch);
        for (int row = 0; row < Rows; row += EdgeSizeScratch<T>.Rows(Padded))
        {
            int rows = Evaluate(scratch, piece, row, slopes: NeedsSlopes);
            for (int r = 0; r < rows; r++)
            {
                Span<T> edges = scratch.Edges.AsSpan(r * Padded, Padded);
                edges.Clear();
                Gradient.Span.Slice((row + r) * Parts.Outputs, Parts.Outputs).CopyTo(edges);
                Drop(edges[..Parts.Outputs], row + r, piece);
            }

            AddBlock(scratch, piece, row, rows, T.Zero, T.Zero);
        }

        Finish(piece, sums);
        WorkCache<EdgeSizeScratch<T>>.Return(scratch);
    }

    /// <summary>The sums of a block of rows.</summary>
    private void Add(int row)
    {
        for (int input = 0; input < Features; input++)
        {
            EdgeSizeScratch<T> scratch = Rent(input);
            int rows = Evaluate(scratch, input, row, slopes: false);
            for (int r = 0; r < rows; r++)
            {
                Span<T> edges = scratch.Edges.AsSpan(r * Padded, Parts.Outputs), y = Value.Span.Slice((row + r) * Parts.Outputs, Parts.Outputs);
                Drop(edges, row + r, input);
                VectorMath.Add(y, edges, y, Width);
            }

            WorkCache<EdgeSizeScratch<T>>.Return(scratch);
        }
    }

    /// <summary>Multiplies the edges from an input of a row by d/(1 − p).</summary>
    private void Drop(Span<T> edges, int row, int input)
    {
        Span<uint> bits = stackalloc uint[MaskKey.BlockLength];
        long block = ((long)row * Features + input) * BlocksPerEdgeRow;
        for (int start = 0; start < edges.Length; start += MaskKey.BlockLength, block++)
        {
            _key.Block(unchecked((int)block), bits);
            int count = Math.Min(MaskKey.BlockLength, edges.Length - start);
            for (int lane = 0; lane < count; lane++)
                edges[start + lane] = bits[lane] < _threshold ? T.Zero : edges[start + lane] * _scale;
        }
    }
}
