using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>An expression with its symbolic derivatives, which are made when they are first asked for.</summary>
internal sealed class ExpressionFunction : SmoothFunction
{
    private readonly CompiledExpression _value;
    private readonly Lazy<CompiledExpression[]> _gradient;
    private readonly Lazy<CompiledExpression[,]> _hessian;

    public ExpressionFunction(Expression expression, IReadOnlyList<string> variables)
        : base(variables.Count)
    {
        string[] names = [.. variables];
        _value = expression.Compile(names);
        _gradient = new(() => [.. names.Select(name => expression.Differentiate(name).Compile(names))]);
        _hessian = new(() =>
        {
            var second = new CompiledExpression[names.Length, names.Length];
            for (int i = 0; i < names.Length; i++)
            {
                for (int j = i; j < names.Length; j++)
                    second[i, j] = second[j, i] = _gradient.Value[i].Expression.Differentiate(names[j]).Compile(names);
            }

            return second;
        });
    }

    public override void Value(ReadOnlySpan<double> rows, Span<double> values) => _value.Evaluate(rows, values);

    public override void Gradient(ReadOnlySpan<double> rows, Span<double> gradient)
    {
        var column = new double[rows.Length / Inputs];
        for (int input = 0; input < Inputs; input++)
        {
            _gradient.Value[input].Evaluate(rows, column);
            for (int row = 0; row < column.Length; row++)
                gradient[row * Inputs + input] = column[row];
        }
    }

    public override void Hessian(ReadOnlySpan<double> rows, Span<double> hessian)
    {
        var column = new double[rows.Length / Inputs];
        for (int first = 0; first < Inputs; first++)
        {
            for (int second = first; second < Inputs; second++)
            {
                _hessian.Value[first, second].Evaluate(rows, column);
                for (int row = 0; row < column.Length; row++)
                {
                    hessian[(row * Inputs + first) * Inputs + second] = column[row];
                    hessian[(row * Inputs + second) * Inputs + first] = column[row];
                }
            }
        }
    }
}
