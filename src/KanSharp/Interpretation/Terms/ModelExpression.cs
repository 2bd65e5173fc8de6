using KanSharp.Symbolics;

namespace KanSharp.Interpretation.Terms;

/// <summary>Writes candidates as expressions.</summary>
internal static class ModelExpression
{
    private const long LargestDenominator = 12;

    public static Expression Of(TermModel model, IReadOnlyList<string> names)
    {
        int split = model.Numerator.Length, constant = Array.FindIndex(model.Numerator, term => term.IsOne);
        if (model.Transform == OuterTransform.Exponential && model.Denominator.Length == 0 && constant >= 0 && double.IsNormal(Math.Exp(model.Coefficients[constant])))
        {
            // exp(a + u) reads better as a factor.
            Expression rest = Sum(Without(model.Numerator, constant), Without(model.Coefficients, constant), 1, names);
            Expression factor = Expression.Number(model.Sign * Math.Exp(model.Coefficients[constant]));
            return Expression.Product([factor, .. model.Multiplier is null ? [] : Factors(model.Multiplier, names), Expression.Call("exp", rest)]);
        }

        Expression inner = Sum(model.Numerator, model.Coefficients.AsSpan(0, split), 1, names);
        if (model.Denominator.Length > 0)
            inner /= 1 + Sum(model.Denominator, model.Coefficients.AsSpan(split), -1, names);
        Expression outer = model.Transform.Apply(inner);
        if (model.Sign < 0)
            outer = -outer;
        return model.Multiplier is null ? outer : Expression.Product([.. Factors(model.Multiplier, names), outer]);
    }

    /// <summary>A constant of the search as an exact number where it is one: a small fraction, or one times π.</summary>
    public static Expression Constant(double value)
    {
        if (Fraction(value) is { } fraction)
            return fraction;
        return Fraction(value / Math.PI) is { } multiple ? multiple * Expression.Pi : Expression.Number(value);
    }

    private static T[] Without<T>(T[] items, int index) => [.. items[..index], .. items[(index + 1)..]];

    private static Expression Sum(Term[] terms, ReadOnlySpan<double> coefficients, double sign, IReadOnlyList<string> names)
    {
        var parts = new List<Expression>();
        for (int k = 0; k < terms.Length; k++)
            parts.Add(Expression.Product([Expression.Number(sign * coefficients[k]), .. Factors(terms[k], names)]));
        return Expression.Sum(parts);
    }

    private static IEnumerable<Expression> Factors(Term term, IReadOnlyList<string> names)
    {
        foreach (Expression power in Factors(term.Monomial, names))
            yield return power;
        foreach ((Factor factor, double exponent) in term.Factors)
        {
            Expression inside = Expression.Sum(factor.Inner.Select(part =>
                Expression.Product([Constant(part.Coefficient), .. Factors(part.Monomial, names)])));
            yield return Expression.Power(Apply(factor.Function, inside), Constant(exponent));
        }
    }

    private static IEnumerable<Expression> Factors(Monomial monomial, IReadOnlyList<string> names)
    {
        for (int v = 0; v < monomial.Exponents.Length; v++)
        {
            if (monomial.Exponents[v] != 0)
                yield return Expression.Power(Expression.Variable(names[v]), Constant(monomial.Exponents[v]));
        }
    }

    private static Expression Apply(FactorFunction function, Expression inside) => function switch
    {
        FactorFunction.Identity => inside,
        FactorFunction.Sin => Expression.Call("sin", inside),
        FactorFunction.Cos => Expression.Call("cos", inside),
        FactorFunction.Exp => Expression.Call("exp", inside),
        FactorFunction.Log => Expression.Call("log", inside),
        FactorFunction.Tanh => Expression.Call("tanh", inside),
        FactorFunction.ExpMinusOne => Expression.Call("exp", inside) - 1,
        FactorFunction.ExpPlusOne => Expression.Call("exp", inside) + 1,
        FactorFunction.ArcSin => Expression.Call("arcsin", inside),
        FactorFunction.ArcTan => Expression.Call("arctan", inside),
        _ => Expression.Call("J0", inside),
    };

    private static NumberExpression? Fraction(double value)
    {
        for (long denominator = 1; denominator <= LargestDenominator; denominator++)
        {
            double numerator = Math.Round(value * denominator);
            if (Math.Abs(numerator) is > 0 and < 1000 && Math.Abs((value * denominator) - numerator) < 1e-13 * Math.Abs(numerator))
                return Expression.Rational((long)numerator, denominator);
        }

        return null;
    }
}
