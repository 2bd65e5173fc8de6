namespace KanSharp.Symbolics.Simplification;

/// <summary>A product as a number, powers of distinct bases and one exponential; law 8.</summary>
internal sealed class PowerTable
{
    private readonly Dictionary<Expression, Expression> _exponents = [];
    private readonly List<Expression> _bases = [];
    private readonly List<Expression> _exponentials = [];
    private NumberExpression _number = Expression.One;

    /// <summary>Multiplies by factor^exponent.</summary>
    public void Multiply(Expression factor, Expression exponent)
    {
        NumberExpression? number = exponent as NumberExpression;
        bool whole = number is { IsInteger: true };
        switch (factor)
        {
            case NumberExpression c when whole && NumberExpression.Power(c, number!.Numerator) is NumberExpression power
                && NumberExpression.Multiply(_number, power) is NumberExpression total:
                _number = total;
                break;
            case ProductExpression product when whole:
                foreach (Expression inner in product.Factors)
                    Multiply(inner, exponent);
                break;
            case PowerExpression power when whole:
                Multiply(power.Base, power.Exponent * exponent);
                break;
            case PowerExpression { Exponent: NumberExpression } power when exponent.Equals(Expression.One):
                Multiply(power.Base, power.Exponent);
                break;
            case FunctionExpression call when Term.IsCall(call, "exp"):
                _exponentials.Add(exponent * call.Argument);
                break;
            default:
                Add(factor, exponent, whole);
                break;
        }
    }

    /// <summary>The product: bases of equal exponents other than ±1 under one power, factors in order.</summary>
    public Expression Result()
    {
        List<Expression> factors = [_number];
        if (_exponentials.Count == 1)
            factors.Add(Expression.Call("exp", _exponentials[0]));
        else if (_exponentials.Count > 1)
            factors.Add(Expression.Call("exp", SumLaws.Collect(Expression.Sum(_exponentials))));
        var groups = _bases.Where(b => !_exponents[b].Equals(Expression.Zero)).GroupBy(b => Size(_exponents[b]));
        foreach (IGrouping<Expression, Expression> group in groups)
        {
            Expression[] bases = [.. group];
            if (group.Key.Equals(Expression.One) || bases.Length == 1)
            {
                factors.AddRange(bases.Select(b => Expression.Power(b, _exponents[b])));
                continue;
            }

            bool below = bases.All(b => IsNegative(_exponents[b]));
            IEnumerable<Expression> inner = bases.OrderBy(b => b, ExpressionOrder.Instance)
                .Select(b => Expression.Power(b, IsNegative(_exponents[b]) && !below ? Expression.MinusOne : Expression.One));
            factors.Add(Expression.Power(Expression.Product(inner), below ? -group.Key : group.Key));
        }

        factors.Sort(ExpressionOrder.Instance);
        return Expression.Product(factors);
    }

    private void Add(Expression factor, Expression exponent, bool whole)
    {
        if (!_exponents.TryGetValue(factor, out Expression? total))
        {
            // x − y and y − x are one base but for a sign
            if (whole && factor is SumExpression && SumLaws.Collect(Term.Negate(factor)) is Expression negated && _exponents.ContainsKey(negated))
            {
                Multiply(Expression.MinusOne, exponent);
                Add(negated, exponent, whole);
                return;
            }

            _bases.Add(factor);
            total = Expression.Zero;
        }

        _exponents[factor] = SumLaws.Collect(total + exponent);
    }

    private static bool IsNegative(Expression exponent) => exponent is NumberExpression { Value: < 0 };

    private static Expression Size(Expression exponent) => IsNegative(exponent) ? -exponent : exponent;
}
