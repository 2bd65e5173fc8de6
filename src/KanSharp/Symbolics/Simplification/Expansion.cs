namespace KanSharp.Symbolics.Simplification;

/// <summary>Multiplies products and small whole powers of sums out, one level deep.</summary>
internal static class Expansion
{
    private const int HighestPower = 4;
    private const int MostTerms = 64;

    /// <summary>Whether a part of the node is a product over a sum, or a small power of one.</summary>
    public static bool CanExpand(Expression node) => Term.TermsOf(node).Any(term =>
        Term.FactorsOf(term).Count(f => f is not NumberExpression { Value: 1 }) > 1 && Term.FactorsOf(term).Any(f => f is SumExpression || IsPower(f))
        || IsPower(term));

    public static Expression Of(Expression node)
    {
        List<Expression> all = [];
        foreach (Expression term in Term.TermsOf(node))
        {
            List<Expression> parts = [Expression.One];
            foreach (Expression factor in Term.FactorsOf(term))
            {
                Expression sum = IsPower(factor) ? ((PowerExpression)factor).Base : factor;
                int times = IsPower(factor) ? (int)((NumberExpression)((PowerExpression)factor).Exponent).Numerator : 1;
                for (int i = 0; i < times; i++)
                {
                    if (parts.Count * Term.TermsOf(sum).Count > MostTerms)
                        return node;
                    parts = [.. parts.SelectMany(p => Term.TermsOf(sum).Select(t => p * t))];
                }
            }

            all.AddRange(parts);
        }

        return Expression.Sum(all);
    }

    private static bool IsPower(Expression node) =>
        node is PowerExpression { Base: SumExpression, Exponent: NumberExpression { IsInteger: true, Value: > 1 and <= HighestPower } };
}
