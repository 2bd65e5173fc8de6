namespace KanSharp.Symbolics.Printing;

/// <summary>
/// A product or power as it is written: a sign, the factors above the line and those below it. Rational coefficients are split onto both.
/// </summary>
internal readonly record struct ProductParts(bool Negative, IReadOnlyList<Expression> Above, IReadOnlyList<Expression> Below)
{
    public static ProductParts Of(Expression node)
    {
        List<Expression> above = [], below = [];
        bool negative = false;
        foreach (Expression factor in node is ProductExpression product ? product.Factors : [node])
        {
            if (factor is NumberExpression number)
            {
                negative ^= number.Value < 0;
                Expression size = number.Value < 0 ? -number : number;
                if (size is NumberExpression { IsExact: true, IsInteger: false } rational)
                {
                    above.Insert(0, Expression.Number(rational.Numerator));
                    below.Insert(0, Expression.Number(rational.Denominator));
                }
                else
                {
                    above.Insert(0, size);
                }
            }
            else if (factor is PowerExpression power && Expression.IsDenominator(power))
            {
                below.Add(Expression.Power(power.Base, -power.Exponent));
            }
            else
            {
                above.Add(factor);
            }
        }

        if (above.Count > 1 && above[0].Equals(Expression.One))
            above.RemoveAt(0);
        if (above.Count == 0)
            above.Add(Expression.One);
        return new ProductParts(negative, above, below);
    }

    /// <summary>True for a term of a sum that is written with a minus.</summary>
    public static bool IsNegative(Expression term) =>
        term is NumberExpression { Value: < 0 } or ProductExpression { Factors: [NumberExpression { Value: < 0 }, ..] };
}
