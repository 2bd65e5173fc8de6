namespace KanSharp.Symbolics.Simplification;

/// <summary>Laws of powers.</summary>
internal static class PowerLaws
{
    /// <summary>Law 10. For whole b, and for fractional a where u ≥ 0 anyhow, it always holds.</summary>
    public static Expression PowerOfPower(Expression node)
    {
        if (node is not PowerExpression { Base: PowerExpression inner, Exponent: NumberExpression b } || inner.Exponent is not NumberExpression a)
            return node;
        if (NumberExpression.Multiply(a, b) is not NumberExpression product)
            return node;
        bool even = a is { IsInteger: true } && a.Numerator % 2 == 0 && !b.IsInteger;
        Expression @base = even && !Signs.IsNotNegative(inner.Base) ? Expression.Call("abs", inner.Base) : inner.Base;
        return Expression.Power(@base, product);
    }

    /// <summary>Law 11. The number of a product leaves if its root is exact or it is a decimal.</summary>
    public static Expression NumberOutOfRoot(Expression node)
    {
        if (node is not PowerExpression { Base: ProductExpression { Factors: [NumberExpression number, ..] } product, Exponent: NumberExpression exponent }
            || exponent.IsInteger || number.Value == 0)
            return node;
        Expression size = number.Value < 0 ? -number : number;
        Expression root = ConstantLaws.Fold(ConstantLaws.ExactValue(Expression.Power(size, exponent)));
        if (root is not NumberExpression)
            return node;
        Expression rest = Expression.Product(product.Factors.Skip(1));
        return root * Expression.Power(number.Value < 0 ? -rest : rest, exponent);
    }

    /// <summary>Law 12.</summary>
    public static Expression Exponential(Expression node)
    {
        switch (node)
        {
            case PowerExpression power when power.Base.Equals(Expression.E):
                return Expression.Call("exp", power.Exponent);
            case PowerExpression { Base: FunctionExpression call } power when Term.IsCall(call, "exp"):
                return Expression.Call("exp", power.Exponent * call.Argument);
            case FunctionExpression call when Term.IsCall(call, "exp"):
                IReadOnlyList<Expression> factors = Term.FactorsOf(call.Argument);
                if (factors.FirstOrDefault(f => Term.IsCall(f, "log")) is not FunctionExpression log)
                    return node;
                return Expression.Power(log.Argument, Expression.Product(factors.Where(f => !ReferenceEquals(f, log))));
            default:
                return node;
        }
    }
}
