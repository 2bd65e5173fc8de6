using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>Y = X·Wᵀ + b as one node: X [..., inputs], W [outputs, inputs], b [outputs] or none.</summary>
internal sealed class LinearNode<T> : Node<T>, IRowwiseParameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private Node<T> _weight = null!;
    private Node<T>? _bias;
    private int _rows;
    private int _inputs;
    private int _outputs;
    private int _weightRun;
    private int _biasRun;

    public static Var<T> Record(Var<T> input, Var<T> weight, Var<T>? bias)
    {
        var node = input.Tape.Add<LinearNode<T>>();
        node._input = input.Node;
        node._weight = weight.Node;
        node._bias = bias?.Node;
        node._rows = input.Shape.Rows;
        node._inputs = weight.Shape[1];
        node._outputs = weight.Shape[0];
        bool requiresGradient = input.Node.RequiresGradient || weight.Node.RequiresGradient || (node._bias?.RequiresGradient ?? false);
        node.Initialize(input.Shape.WithLast(node._outputs), requiresGradient);
        node.Forward();
        return new Var<T>(node);
    }

    /// <summary>dX = dY·W, dW = dYᵀ·X, db = Σ_rows dY.</summary>
    public override void Backward()
    {
        var gradient = new MatrixOperand<T>(Gradient.Span, _outputs);
        var weight = new MatrixOperand<T>(_weight.Value.Span, _inputs);
        var input = new MatrixOperand<T>(_input.Value.Span, _inputs);
        if (_input.RequiresGradient)
        {
            Span<T> target = _input.GradientTarget(out bool add);
            MatrixMultiply.Multiply(gradient, weight, target, _inputs, _rows, _inputs, _outputs, Mode(add), Tape.Executor);
        }

        if (_weight.RequiresGradient)
        {
            Span<T> target = _weight.GradientTarget(out bool add);
            MatrixMultiply.Multiply(gradient.Transpose(), input, target, _inputs, _outputs, _inputs, _rows, Mode(add), Tape.Executor);
        }

        if (_bias is { RequiresGradient: true })
        {
            _bias.GradientSum();
            RunPieces(Phase.Third, ColumnBlocks.Count(_outputs));
        }
    }

    public void DeclareRuns(JacobianLayout<T> layout)
    {
        _weightRun = ParameterRuns.Declare(layout, _weight);
        _biasRun = ParameterRuns.Declare(layout, _bias);
    }

    /// <summary>∂row/∂W = g·xᵀ, ∂row/∂b = g.</summary>
    public void AddRuns(JacobianRows rows)
    {
        for (int row = 0; row < _rows; row++)
        {
            ReadOnlySpan<T> gradient = Gradient.Span.Slice(row * _outputs, _outputs);
            ReadOnlySpan<T> x = _input.Value.Span.Slice(row * _inputs, _inputs);
            if (_weightRun >= 0)
            {
                Span<double> run = rows.Run(row, _weightRun, 0);
                for (int output = 0; output < _outputs; output++)
                    ParameterRuns.AddScaled(double.CreateTruncating(gradient[output]), x, run.Slice(output * _inputs, _inputs));
            }

            if (_biasRun >= 0)
                ParameterRuns.AddScaled(1, gradient, rows.Run(row, _biasRun, 0));
        }
    }

    protected override void Piece(Phase phase, int piece) =>
        ColumnBlocks.AddRows(Gradient.Span, _outputs, piece, _bias!.Gradient.Span, Width);

    private static ProductMode Mode(bool add) => add ? ProductMode.Add : ProductMode.Assign;

    /// <summary>Y = X·Wᵀ + b for rows in memory; an empty bias is none.</summary>
    public static void Compute(ReadOnlySpan<T> x, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y, int rows, Executor executor)
    {
        if (rows == 0)
            return;
        int inputs = x.Length / rows;
        int outputs = y.Length / rows;
        for (int row = 0; row < rows && !bias.IsEmpty; row++)
            bias.CopyTo(y.Slice(row * outputs, outputs));
        MatrixMultiply.Multiply(
            new MatrixOperand<T>(x, inputs), new MatrixOperand<T>(weight, inputs, transposed: true), y, outputs, rows, outputs, inputs, Mode(!bias.IsEmpty), executor);
    }

    private void Forward() =>
        Compute(_input.Value.Span, _weight.Value.Span, _bias is null ? default : _bias.Value.Span, Value.Span, _rows, Tape.Executor);
}
