namespace KanSharp.Symbolics.Evaluation;

/// <summary>Replaces the free numbers of an expression by parameters.</summary>
internal sealed class ConstantSplitter(bool freeExponents)
{
    private readonly Dictionary<Expression, Expression> _done = [];
    private readonly List<NumberExpression> _values = [];

    /// <summary>The numbers that were replaced, in order of the parameters.</summary>
    public IReadOnlyList<NumberExpression> Values => _values;

    public Expression Split(Expression node)
    {
        if (node is NumberExpression number)
            return Free(number);
        if (node.Children.Count == 0 || IsKnown(node))
            return node;
        if (!_done.TryGetValue(node, out Expression? result))
        {
            result = node switch
            {
                ProductExpression product => Expression.Product(product.Factors.Select(f => f.Equals(Expression.MinusOne) ? f : Split(f))),
                PowerExpression power => Expression.Power(Split(power.Base), SplitExponent(power.Exponent)),
                _ => node.Rebuild([.. node.Children.Select(Split)]),
            };
            _done.Add(node, result);
        }

        return result;
    }

    private Expression SplitExponent(Expression exponent) => exponent switch
    {
        NumberExpression { IsInteger: true } => exponent,
        NumberExpression { IsExact: true, Denominator: 2 } when !freeExponents => exponent,
        _ => Split(exponent),
    };

    private ParameterExpression Free(NumberExpression number)
    {
        _values.Add(number);
        return new ParameterExpression(_values.Count - 1);
    }

    /// <summary>True for a compound of exact numbers, π and e, such as √2 or π/3: a known constant, not a fitted one.</summary>
    private static bool IsKnown(Expression node) => node switch
    {
        NumberExpression number => number.IsExact,
        ConstantExpression => true,
        VariableExpression or ParameterExpression => false,
        _ => node.Children.All(IsKnown),
    };
}
