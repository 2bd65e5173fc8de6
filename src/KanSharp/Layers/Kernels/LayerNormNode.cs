using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// Rows shifted to mean 0 and scaled to variance 1, then per feature times a weight plus a bias (Ba, Kiros, Hinton, arXiv 1607.06450).
/// With x̂ the normalised row and d the gradient times the weight: dx = (d − mean(d) − x̂·mean(x̂·d)) / σ.
/// </summary>
internal sealed class LayerNormNode<T> : Node<T>, IRowwiseParameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private Node<T>? _weight;
    private Node<T>? _bias;
    private T _epsilon;
    private Buffer<T> _normalized;
    private Buffer<T> _scale;
    private Buffer<T> _scratch;
    private bool _add;
    private AffineRuns _runs;

    public static Var<T> Record(Var<T> input, Var<T>? weight, Var<T>? bias, T epsilon)
    {
        var node = input.Tape.Add<LayerNormNode<T>>();
        node._input = input.Node;
        node._weight = weight?.Node;
        node._bias = bias?.Node;
        node._epsilon = epsilon;
        bool requiresGradient = input.Node.RequiresGradient || (weight?.Node.RequiresGradient ?? false) || (bias?.Node.RequiresGradient ?? false);
        node.Initialize(input.Shape, requiresGradient);
        node._normalized = input.Tape.Rent(input.Shape.Count);
        node._scale = input.Tape.Rent(input.Shape.Rows);
        node.RunPieces(Phase.Forward, node.RowPieces);
        return new Var<T>(node);
    }

    /// <summary>A row with mean 0 and variance 1; returns 1/√(var + ε), by which it was scaled.</summary>
    public static T Normalize(ReadOnlySpan<T> x, Span<T> normalized, T epsilon, SimdWidth width)
    {
        T count = T.CreateTruncating(x.Length);
        UnaryRun<ShiftOperation, T>.Apply(width, x, normalized, -VectorMath.Sum(x, width) / count);
        T scale = T.One / T.Sqrt(VectorMath.SumOfSquares<T>(normalized, width) / count + epsilon);
        VectorMath.Scale(scale, normalized, normalized, width);
        return scale;
    }

    private int RowsPerPiece => Pieces.Items(Shape.Last * 4);

    private int RowPieces => Shape.Count == 0 ? 0 : Pieces.Count(Shape.Rows, RowsPerPiece);

    public void DeclareRuns(JacobianLayout<T> layout) => _runs = AffineRuns.Declare(layout, _weight, _bias);

    public void AddRuns(JacobianRows rows) => _runs.Add<T>(rows, Gradient.Span, _normalized.Span, Shape.Last);

    public override void Backward()
    {
        if (_input.RequiresGradient)
        {
            _input.GradientTarget(out _add);
            _scratch = Tape.Rent(Shape.Count);
            RunPieces(Phase.Left, RowPieces);
        }

        if (_weight is { RequiresGradient: true })
        {
            _weight.GradientSum();
            RunPieces(Phase.Right, ColumnBlocks.Count(Shape.Last));
        }

        if (_bias is { RequiresGradient: true })
        {
            _bias.GradientSum();
            RunPieces(Phase.Third, ColumnBlocks.Count(Shape.Last));
        }
    }

    protected override void Piece(Phase phase, int piece)
    {
        int columns = Shape.Last;
        if (phase == Phase.Right)
        {
            ColumnBlocks.AddProducts(Gradient.Span, _normalized.Span, columns, piece, _weight!.Gradient.Span, Width);
            return;
        }

        if (phase == Phase.Third)
        {
            ColumnBlocks.AddRows(Gradient.Span, columns, piece, _bias!.Gradient.Span, Width);
            return;
        }

        (int first, int last) = Pieces.Bounds(piece, Shape.Rows, RowsPerPiece);
        for (int row = first; row < last; row++)
        {
            if (phase == Phase.Forward)
                Normalize(row, columns);
            else
                Gradients(row, columns);
        }
    }

    private void Normalize(int row, int columns)
    {
        ReadOnlySpan<T> x = _input.Value.Span.Slice(row * columns, columns);
        Span<T> normalized = _normalized.Span.Slice(row * columns, columns);
        Span<T> y = Value.Span.Slice(row * columns, columns);
        _scale.Span[row] = Normalize(x, normalized, _epsilon, Width);
        if (_weight is null)
            normalized.CopyTo(y);
        else
            VectorMath.Multiply(normalized, _weight.Value.Span, y, Width);
        if (_bias is not null)
            VectorMath.Add(y, _bias.Value.Span, y, Width);
    }

    private void Gradients(int row, int columns)
    {
        ReadOnlySpan<T> gradient = Gradient.Span.Slice(row * columns, columns);
        ReadOnlySpan<T> normalized = _normalized.Span.Slice(row * columns, columns);
        Span<T> scratch = _scratch.Span.Slice(row * columns, columns);
        if (_weight is null)
            gradient.CopyTo(scratch);
        else
            VectorMath.Multiply(gradient, _weight.Value.Span, scratch, Width);
        T count = T.CreateTruncating(columns);
        T mean = VectorMath.Sum<T>(scratch, Width) / count;
        T product = VectorMath.Dot(scratch, normalized, Width) / count;
        VectorMath.MultiplyAdd(-product, normalized, scratch, Width);
        UnaryRun<ShiftOperation, T>.Apply(Width, scratch, scratch, -mean);
        Runs.PutScaled(_scale.Span[row], scratch, _input.Gradient.Span.Slice(row * columns, columns), _add, Width);
    }
}
