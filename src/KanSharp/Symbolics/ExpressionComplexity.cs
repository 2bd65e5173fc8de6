namespace KanSharp.Symbolics;

/// <summary>The count behind <see cref="Expression.Complexity"/>.</summary>
internal static class ExpressionComplexity
{
    private const int RootWeight = 2;

    public static int Of(Expression node) => node switch
    {
        SumExpression sum => OfSum(sum),
        ProductExpression product => OfProduct(product),
        PowerExpression power when Expression.IsDenominator(power) => 2 + OfReciprocal(power),
        PowerExpression power => OfPower(power.Base, power.Exponent),
        FunctionExpression call => Math.Max(1, call.Function.Complexity) + call.Argument.Complexity,
        _ => 1,
    };

    /// <summary>The minus of a later term is the operator of the sum.</summary>
    private static int OfSum(SumExpression sum)
    {
        int total = sum.Terms.Count - 1;
        for (int i = 0; i < sum.Terms.Count; i++)
        {
            Expression term = sum.Terms[i];
            total += term.Complexity - (i > 0 && term is ProductExpression product && product.Factors[0].Equals(Expression.MinusOne) ? 1 : 0);
        }

        return total;
    }

    /// <summary>A factor −1 is one sign; a denominator is what stands below the line; a product without numerator has a 1 above it.</summary>
    private static int OfProduct(ProductExpression product)
    {
        int total = product.Factors.Count - 1;
        bool sign = product.Factors[0].Equals(Expression.MinusOne);
        foreach (Expression factor in product.Factors)
            total += factor is PowerExpression power && Expression.IsDenominator(power) ? OfReciprocal(power) : factor.Complexity;
        bool needsOne = Expression.IsDenominator(product.Factors[sign ? 1 : 0]);
        return total - (sign ? 1 : 0) + (needsOne ? 2 : 0);
    }

    /// <summary>What stands below the line for base^exponent with a negative exponent.</summary>
    private static int OfReciprocal(PowerExpression power)
    {
        NumberExpression exponent = (NumberExpression)power.Exponent;
        return exponent.Equals(Expression.MinusOne) ? power.Base.Complexity : OfPower(power.Base, -exponent);
    }

    private static int OfPower(Expression @base, Expression exponent) =>
        exponent.Equals(Expression.Half) ? RootWeight + @base.Complexity : 1 + @base.Complexity + exponent.Complexity;
}
