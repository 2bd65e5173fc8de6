namespace KanSharp.Symbolics.Simplification;

/// <summary>Laws of sums.</summary>
internal static class SumLaws
{
    /// <summary>Law 3.</summary>
    public static Expression Collect(Expression node)
    {
        if (node is not SumExpression sum)
            return node;
        Dictionary<Expression, NumberExpression> totals = [];
        List<Expression> order = [];
        foreach (Expression term in sum.Terms)
        {
            (NumberExpression coefficient, Expression rest) = Term.Of(term);
            if (rest is SumExpression inner && Math.Abs(coefficient.Value) == 1)
                foreach (Expression part in inner.Terms)
                    Add(Term.Of(coefficient * part));
            else
                Add(new Term(coefficient, rest));
        }

        List<Expression> terms = [.. order.Select(rest => new Term(totals[rest], rest).Expression)];
        terms.Sort(ExpressionOrder.CompareTerms);
        return Same(sum, Expression.Sum(terms));

        void Add(Term term)
        {
            if (!totals.TryGetValue(term.Rest, out NumberExpression? total))
                order.Add(term.Rest);
            else if (NumberExpression.Add(total, term.Coefficient) is NumberExpression next)
                term = term with { Coefficient = next };
            totals[term.Rest] = term.Coefficient;
        }
    }

    /// <summary>Law 4. Factors (of equal exponent) and the number that all terms share.</summary>
    public static Expression TakeOut(Expression node)
    {
        if (node is not SumExpression sum)
            return node;
        Term[] terms = [.. sum.Terms.Select(Term.Of)];
        List<Expression> common = [.. Term.FactorsOf(terms[0].Rest).Where(f => !f.Equals(Expression.One))];
        foreach (Term term in terms.Skip(1))
            common.RemoveAll(factor => !Term.FactorsOf(term.Rest).Contains(factor));
        NumberExpression number = terms[0].Coefficient;
        bool sharesNumber = !number.Equals(Expression.One) && terms.All(t => Math.Abs(t.Coefficient.Value) == Math.Abs(number.Value));
        if (common.Count == 0 && !sharesNumber)
            return node;
        Expression divisor = sharesNumber ? number : Expression.One;
        Expression[] inner = [.. terms.Select(t => Expression.Product(
            [t.Coefficient / divisor, .. Term.FactorsOf(t.Rest).Where(f => !common.Contains(f))]))];
        return Expression.Product([divisor, .. common, Expression.Sum(inner)]);
    }

    /// <summary>Law 5.</summary>
    public static Expression Pythagoras(Expression node)
    {
        if (node is not SumExpression sum)
            return node;
        return Pairs(sum, (a, b) =>
        {
            if (Square(a.Rest, "sin") is Expression u && Square(b.Rest, "cos") is Expression v && u.Equals(v) && a.Coefficient.Equals(b.Coefficient))
                return a.Coefficient;
            if (a.Rest.Equals(Expression.One) && a.Coefficient.Equals(-b.Coefficient))
            {
                if (Square(b.Rest, "sin") is Expression s)
                    return a.Coefficient * Expression.Power(Expression.Call("cos", s), 2);
                if (Square(b.Rest, "cos") is Expression c)
                    return a.Coefficient * Expression.Power(Expression.Call("sin", c), 2);
            }

            return Square(a.Rest, "cosh") is Expression p && Square(b.Rest, "sinh") is Expression q && p.Equals(q)
                && a.Coefficient.Equals(-b.Coefficient) ? a.Coefficient : null;
        });
    }

    /// <summary>Law 6.</summary>
    public static Expression JoinLogarithms(Expression node)
    {
        if (node is not SumExpression sum)
            return node;
        return Pairs(sum, (a, b) => Term.IsCall(a.Rest, "log") && Term.IsCall(b.Rest, "log") && Math.Abs(a.Coefficient.Value) == Math.Abs(b.Coefficient.Value)
            ? a.Coefficient * Expression.Call("log", a.Coefficient.Value == b.Coefficient.Value ? Argument(a) * Argument(b) : Argument(a) / Argument(b))
            : null);
    }

    /// <summary>Law 7.</summary>
    public static Expression Hyperbolic(Expression node)
    {
        if (node is not SumExpression sum)
            return node;
        return Pairs(sum, (a, b) =>
        {
            if (!Term.IsCall(a.Rest, "exp") || !Term.IsCall(b.Rest, "exp") || !Argument(a).Equals(Term.Negate(Argument(b)))
                || ProductExpressionIsNegative(Argument(a)) || Math.Abs(a.Coefficient.Value) != Math.Abs(b.Coefficient.Value))
                return null;
            return 2 * a.Coefficient * Expression.Call(a.Coefficient.Value == b.Coefficient.Value ? "cosh" : "sinh", Argument(a));
        });
    }

    private static bool ProductExpressionIsNegative(Expression node) => Term.Of(node).Coefficient.Value < 0;

    private static Expression Argument(Term term) => ((FunctionExpression)term.Rest).Argument;

    private static Expression? Square(Expression node, string function) =>
        node is PowerExpression power && power.Exponent.Equals(Expression.Two) && Term.IsCall(power.Base, function)
            ? ((FunctionExpression)power.Base).Argument
            : null;

    /// <summary>The sum with the first pair of terms (in either order) that <paramref name="join"/> makes one replaced by that.</summary>
    private static Expression Pairs(SumExpression sum, Func<Term, Term, Expression?> join)
    {
        Term[] terms = [.. sum.Terms.Select(Term.Of)];
        for (int i = 0; i < terms.Length; i++)
        {
            for (int j = 0; j < terms.Length; j++)
            {
                if (i != j && join(terms[i], terms[j]) is Expression joined)
                    return Expression.Sum([.. sum.Terms.Where((_, k) => k != i && k != j), joined]);
            }
        }

        return sum;
    }

    private static Expression Same(Expression before, Expression after) => after.Equals(before) ? before : after;
}
