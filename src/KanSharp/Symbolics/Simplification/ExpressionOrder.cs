namespace KanSharp.Symbolics.Simplification;

/// <summary>
/// A total order of expressions: constants, variables by name, functions, products, sums; a power stands beside its base. It does not depend
/// on the run or the machine.
/// </summary>
internal sealed class ExpressionOrder : IComparer<Expression>
{
    public static ExpressionOrder Instance { get; } = new();

    public int Compare(Expression? x, Expression? y)
    {
        if (ReferenceEquals(x, y))
            return 0;
        if (x is null || y is null)
            return x is null ? -1 : 1;
        (Expression a, Expression p) = Parts(x);
        (Expression b, Expression q) = Parts(y);
        int result = Rank(a).CompareTo(Rank(b));
        if (result == 0)
            result = SameKind(a, b);
        return result != 0 || (p.Equals(Expression.One) && q.Equals(Expression.One)) ? result : Compare(q, p);
    }

    /// <summary>The place of a term in a sum: positive before negative, numbers last among those of a sign, then by what stands after the number.</summary>
    public static int CompareTerms(Expression x, Expression y)
    {
        (NumberExpression c, Expression a) = Term.Of(x);
        (NumberExpression d, Expression b) = Term.Of(y);
        int result = (c.Value < 0).CompareTo(d.Value < 0);
        if (result == 0)
            result = a.Equals(Expression.One).CompareTo(b.Equals(Expression.One));
        return result != 0 ? result : Instance.Compare(a, b);
    }

    private static (Expression Base, Expression Exponent) Parts(Expression node) =>
        node is PowerExpression power ? (power.Base, power.Exponent) : (node, Expression.One);

    private static int Rank(Expression node) => node switch
    {
        NumberExpression => 0,
        ConstantExpression => 1,
        ParameterExpression => 2,
        VariableExpression => 3,
        FunctionExpression => 4,
        ProductExpression => 5,
        SumExpression => 6,
        _ => 7,
    };

    private int SameKind(Expression a, Expression b) => (a, b) switch
    {
        (NumberExpression x, NumberExpression y) => x.Value != y.Value ? x.Value.CompareTo(y.Value) : x.Denominator.CompareTo(y.Denominator),
        (ConstantExpression x, ConstantExpression y) => x.Value.CompareTo(y.Value),
        (ParameterExpression x, ParameterExpression y) => x.Index.CompareTo(y.Index),
        (VariableExpression x, VariableExpression y) => string.CompareOrdinal(x.Name, y.Name),
        (FunctionExpression x, FunctionExpression y) when x.Function.Name != y.Function.Name => string.CompareOrdinal(x.Function.Name, y.Function.Name),
        _ => Children(a.Children, b.Children),
    };

    private int Children(IReadOnlyList<Expression> a, IReadOnlyList<Expression> b)
    {
        for (int i = 0; i < Math.Min(a.Count, b.Count); i++)
        {
            if (Compare(a[i], b[i]) is int result and not 0)
                return result;
        }

        return a.Count.CompareTo(b.Count);
    }
}
