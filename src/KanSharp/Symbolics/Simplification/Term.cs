namespace KanSharp.Symbolics.Simplification;

/// <summary>A term of a sum as number times rest.</summary>
internal readonly record struct Term(NumberExpression Coefficient, Expression Rest)
{
    public static Term Of(Expression node) => node switch
    {
        NumberExpression number => new(number, Expression.One),
        ProductExpression { Factors: [NumberExpression number, ..] } product => new(number, Expression.Product(product.Factors.Skip(1))),
        _ => new(Expression.One, node),
    };

    public Expression Expression => Expression.Product([Coefficient, Rest]);

    /// <summary>The terms of a sum; a single one for other nodes.</summary>
    public static IReadOnlyList<Expression> TermsOf(Expression node) => node is SumExpression sum ? sum.Terms : [node];

    /// <summary>The factors of a product; a single one for other nodes.</summary>
    public static IReadOnlyList<Expression> FactorsOf(Expression node) => node is ProductExpression product ? product.Factors : [node];

    /// <summary>−node, with the sign distributed over a sum.</summary>
    public static Expression Negate(Expression node) => node is SumExpression sum ? Expression.Sum(sum.Terms.Select(t => -t)) : -node;

    /// <summary>Whether the node is a function of this name.</summary>
    public static bool IsCall(Expression node, string name) => node is FunctionExpression call && call.Function.Name == name;
}
