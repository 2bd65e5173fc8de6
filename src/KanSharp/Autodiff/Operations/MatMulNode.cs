using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>Product of two matrices, each possibly transposed. Leading axes of the left one are taken as further rows.</summary>
internal sealed class MatMulNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _left = null!;
    private Node<T> _right = null!;
    private bool _transposeLeft;
    private bool _transposeRight;
    private int _rows;
    private int _columns;
    private int _inner;

    public static Var<T> Record(Var<T> left, Var<T> right, bool transposeLeft, bool transposeRight)
    {
        Tape<T> tape = left.Tape;
        tape.Own(right);
        Shape a = left.Shape;
        Shape b = right.Shape;
        if (a.Rank < 2 || b.Rank != 2 || (transposeLeft && a.Rank != 2))
            throw Mismatch(a, b, transposeLeft, transposeRight, "The right operand must be a matrix, and so must a transposed left one; a left one may have leading axes.");
        int inner = transposeLeft ? a[0] : a.Last;
        int rows = transposeLeft ? a[1] : a.Rows;
        int innerRight = transposeRight ? b[1] : b[0];
        int columns = transposeRight ? b[0] : b[1];
        if (inner != innerRight)
            throw Mismatch(a, b, transposeLeft, transposeRight, $"The inner extents are {inner} and {innerRight}; they must be equal.");
        var node = tape.Add<MatMulNode<T>>();
        node._left = left.Node;
        node._right = right.Node;
        node._transposeLeft = transposeLeft;
        node._transposeRight = transposeRight;
        node._rows = rows;
        node._columns = columns;
        node._inner = inner;
        node.Initialize(transposeLeft ? new Shape(rows, columns) : a.WithLast(columns), left.Node.RequiresGradient || right.Node.RequiresGradient);
        MatrixMultiply.Multiply(
            node.Left(false), node.Right(false), node.Value.Span, columns, rows, columns, inner, ProductMode.Assign, tape.Executor);
        return new Var<T>(node);
    }

    /// <summary>With C = A·B: dA = dC·Bᵀ and dB = Aᵀ·dC; the transpose of these where the operand entered transposed.</summary>
    public override void Backward()
    {
        var gradient = new MatrixOperand<T>(Gradient.Span, _columns);
        if (_left.RequiresGradient)
        {
            Span<T> target = _left.GradientTarget(out bool add);
            ProductMode mode = add ? ProductMode.Add : ProductMode.Assign;
            if (_transposeLeft)
                MatrixMultiply.Multiply(Right(false), gradient.Transpose(), target, _rows, _inner, _rows, _columns, mode, Tape.Executor);
            else
                MatrixMultiply.Multiply(gradient, Right(true), target, _inner, _rows, _inner, _columns, mode, Tape.Executor);
        }

        if (_right.RequiresGradient)
        {
            Span<T> target = _right.GradientTarget(out bool add);
            ProductMode mode = add ? ProductMode.Add : ProductMode.Assign;
            if (_transposeRight)
                MatrixMultiply.Multiply(gradient.Transpose(), Left(false), target, _inner, _columns, _inner, _rows, mode, Tape.Executor);
            else
                MatrixMultiply.Multiply(Left(true), gradient, target, _columns, _inner, _columns, _rows, mode, Tape.Executor);
        }
    }

    private static ArgumentException Mismatch(Shape left, Shape right, bool transposeLeft, bool transposeRight, string hint) =>
        new($"MatMul: shapes {left}{(transposeLeft ? "ᵀ" : "")} and {right}{(transposeRight ? "ᵀ" : "")} do not fit. {hint}");

    private MatrixOperand<T> Left(bool transposed) => new(_left.Value.Span, _left.Shape.Last, _transposeLeft != transposed);

    private MatrixOperand<T> Right(bool transposed) => new(_right.Value.Span, _right.Shape.Last, _transposeRight != transposed);
}
