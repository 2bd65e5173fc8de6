using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>
/// Softmax along the last axis, or its logarithm. The row's maximum is taken off first, so nothing overflows:
/// log softmax(x)ᵢ = xᵢ − m − ln Σ exp(xⱼ − m).
/// </summary>
internal sealed class SoftmaxNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private bool _logarithm;
    private bool _add;

    public static Var<T> Record(Var<T> input, bool logarithm)
    {
        if (input.Shape.Rank == 0)
            throw new ArgumentException($"{(logarithm ? "LogSoftmax" : "Softmax")}: the value is a single number; an axis of classes is needed.");
        var node = input.Tape.Add<SoftmaxNode<T>>();
        node._input = input.Node;
        node._logarithm = logarithm;
        node.Initialize(input.Shape, input.Node.RequiresGradient);
        node.RunPieces(Phase.Forward, node.PieceCount);
        return new Var<T>(node);
    }

    /// <summary>One row.</summary>
    public static void Row(ReadOnlySpan<T> x, Span<T> y, bool logarithm, SimdWidth width)
    {
        T largest = VectorMath.Max(x, width);
        UnaryRun<SoftmaxOperation, T>.Apply(width, x, y, largest);
        T sum = VectorMath.Sum<T>(y, width);
        if (logarithm)
            UnaryRun<LogSoftmaxOperation, T>.Apply(width, x, y, largest, T.Log(sum));
        else
            VectorMath.Scale(T.One / sum, y, y, width);
    }

    private int RowsPerPiece => Pieces.Items(Shape.Last * 8);

    private int PieceCount => Shape.Last == 0 ? 0 : Pieces.Count(Shape.Rows, RowsPerPiece);

    public override void Backward()
    {
        _input.GradientTarget(out _add);
        RunPieces(Phase.Left, PieceCount);
    }

    protected override void Piece(Phase phase, int piece)
    {
        int columns = Shape.Last;
        (int first, int last) = Pieces.Bounds(piece, Shape.Rows, RowsPerPiece);
        for (int row = first; row < last; row++)
        {
            Span<T> y = Value.Span.Slice(row * columns, columns);
            if (phase == Phase.Forward)
                Row(_input.Value.Span.Slice(row * columns, columns), y, _logarithm, Width);
            else
                Gradients(Gradient.Span.Slice(row * columns, columns), y, _input.Gradient.Span.Slice(row * columns, columns));
        }
    }

    private void Gradients(ReadOnlySpan<T> g, ReadOnlySpan<T> y, Span<T> target)
    {
        if (_logarithm)
            UnaryRun<LogSoftmaxOperation, T>.Gradient(Width, g, y, y, target, _add, VectorMath.Sum(g, Width));
        else
            UnaryRun<SoftmaxOperation, T>.Gradient(Width, g, y, y, target, _add, VectorMath.Dot(g, y, Width));
    }
}
