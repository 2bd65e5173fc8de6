namespace KanSharp.Symbolics.Simplification;

/// <summary>Laws of products and of powers with numbers as exponents.</summary>
internal static class ProductLaws
{
    /// <summary>Beyond this size of c, e^c is left in the exponent, where it cannot overflow.</summary>
    private const double LargestLogarithm = 50;

    /// <summary>Law 8.</summary>
    public static Expression Collect(Expression node)
    {
        if (node is not (ProductExpression or PowerExpression { Exponent: NumberExpression }))
            return node;
        PowerTable table = new();
        foreach (Expression factor in Term.FactorsOf(node))
            table.Multiply(factor, Expression.One);
        Expression result = table.Result();
        return result.Equals(node) ? node : result;
    }

    /// <summary>Law 9.</summary>
    public static Expression Tangent(Expression node) => node is ProductExpression product
        ? Quotient(product, "sin", "cos", "tan") ?? Quotient(product, "sinh", "cosh", "tanh") ?? node
        : node;

    /// <summary>Law 17.</summary>
    public static Expression Logistic(Expression node)
    {
        foreach (Expression factor in Term.FactorsOf(node))
        {
            if (factor is PowerExpression { Base: SumExpression { Terms: [var a, var b] } } power && power.Exponent.Equals(Expression.MinusOne)
                && (a.Equals(Expression.One) ? b : b.Equals(Expression.One) ? a : null) is FunctionExpression call && Term.IsCall(call, "exp"))
            {
                Expression logistic = Expression.Call("sigmoid", Term.Negate(call.Argument));
                return Expression.Product(Term.FactorsOf(node).Select(f => ReferenceEquals(f, factor) ? logistic : f));
            }
        }

        return node;
    }

    /// <summary>Law 19.</summary>
    public static Expression NumberOutOfExponential(Expression node)
    {
        foreach (Expression factor in Term.FactorsOf(node))
        {
            if (!Term.IsCall(factor, "exp") || ((FunctionExpression)factor).Argument is not SumExpression sum
                || sum.Terms.OfType<NumberExpression>().FirstOrDefault(n => !n.IsExact) is not NumberExpression number
                || Math.Abs(number.Value) > LargestLogarithm)
                continue;
            Expression rest = Expression.Call("exp", Expression.Sum(sum.Terms.Where(t => !ReferenceEquals(t, number))));
            return Expression.Product([Expression.Number(Math.Exp(number.Value)), rest, .. Term.FactorsOf(node).Where(f => !ReferenceEquals(f, factor))]);
        }

        return node;
    }

    private static Expression? Quotient(ProductExpression product, string above, string below, string result)
    {
        foreach (Expression top in product.Factors)
        {
            (Expression f, Expression p) = Parts(top);
            if (!Term.IsCall(f, above))
                continue;
            foreach (Expression bottom in product.Factors)
            {
                (Expression g, Expression q) = Parts(bottom);
                if (Term.IsCall(g, below) && p.Equals(-q) && f.Children[0].Equals(g.Children[0]))
                {
                    return Expression.Product(
                        [.. product.Factors.Where(x => x != top && x != bottom), Expression.Power(Expression.Call(result, f.Children[0]), p)]);
                }
            }
        }

        return null;
    }

    private static (Expression Base, Expression Exponent) Parts(Expression node) =>
        node is PowerExpression power ? (power.Base, power.Exponent) : (node, Expression.One);
}
