using KanSharp.Autodiff;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Residuals;

/// <summary>An expression of columns as one node: value and exact partial derivatives come from compiled expressions, row by row.</summary>
internal sealed class ExpressionNode : Node<double>
{
    private Node<double>[] _columns = [];
    private CompiledResidual _residual = null!;
    private double[] _rows = [];
    private double[] _slopes = [];

    /// <summary>Records the expression.</summary>
    /// <param name="residual">The expression.</param>
    /// <param name="columns">Its variables in order, each [N, 1].</param>
    /// <param name="tape">The tape.</param>
    /// <param name="count">N.</param>
    public static Var<double> Record(CompiledResidual residual, Node<double>[] columns, Tape<double> tape, int count)
    {
        var node = tape.Add<ExpressionNode>();
        (node._residual, node._columns) = (residual, columns);
        node.Initialize(new Shape(count, 1), Array.Exists(columns, column => column.RequiresGradient));
        int width = columns.Length;
        if (node._rows.Length < count * width)
            node._rows = new double[count * width];
        for (int column = 0; column < width; column++)
        {
            ReadOnlySpan<double> values = columns[column].Value.Span;
            for (int row = 0; row < count; row++)
                node._rows[row * width + column] = values[row];
        }

        residual.Value.Evaluate(node.Rows, node.Value.Span);
        return new Var<double>(node);
    }

    private ReadOnlySpan<double> Rows => _rows.AsSpan(0, Shape[0] * _columns.Length);

    public override void Backward()
    {
        int count = Shape[0];
        if (_slopes.Length < count)
            _slopes = new double[count];
        ReadOnlySpan<double> gradient = Gradient.Span;
        for (int column = 0; column < _columns.Length; column++)
        {
            if (!_columns[column].RequiresGradient || _residual.SlopeOf(column) is not ({ } slope, var number))
                continue;
            Span<double> target = _columns[column].GradientSum();
            if (number is double constant)
            {
                for (int row = 0; row < count; row++)
                    target[row] += constant * gradient[row];
                continue;
            }

            slope.Evaluate(Rows, _slopes.AsSpan(0, count));
            for (int row = 0; row < count; row++)
                target[row] += _slopes[row] * gradient[row];
        }
    }
}

/// <summary>An expression compiled, with its partial derivatives when they are first needed.</summary>
internal sealed class CompiledResidual
{
    private readonly Expression _expression;
    private readonly (CompiledExpression? Slope, double? Constant)?[] _slopes;

    /// <param name="expression">The expression.</param>
    public CompiledResidual(Expression expression)
    {
        _expression = expression;
        Variables = expression.Variables;
        Value = expression.Compile(Variables);
        _slopes = new (CompiledExpression?, double?)?[Variables.Count];
    }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>The expression.</summary>
    public CompiledExpression Value { get; }

    /// <summary>Its derivative with respect to a column, null where it is 0, and the number that it is, null where it depends on the point.</summary>
    public (CompiledExpression? Slope, double? Constant) SlopeOf(int column)
    {
        if (_slopes[column] is { } known)
            return known;
        Expression slope = _expression.Differentiate(Variables[column]).Simplify();
        (CompiledExpression?, double?) found = slope is NumberExpression { Value: 0 } ? (null, 0) : (slope.Compile(Variables), slope.Variables.Count == 0 ? slope.Evaluate() : null);
        _slopes[column] = found;
        return found;
    }
}
