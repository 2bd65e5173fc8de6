using System.Globalization;
using KanSharp.Symbolics;

namespace KanSharp.Interpretation.Compilation;

/// <summary>An expression as scale·core + bias, where the core has no factor and no offset; null for a number.</summary>
internal readonly record struct AffineForm(double Scale, Expression? Core, double Bias)
{
    public static AffineForm Of(Expression expression)
    {
        if (Constant(expression) is { } value)
            return new AffineForm(0, null, value);
        List<Expression> rest = [];
        if (expression is SumExpression sum)
        {
            double bias = 0;
            foreach (Expression term in sum.Terms)
            {
                if (Constant(term) is { } offset)
                    bias += offset;
                else
                    rest.Add(term);
            }

            AffineForm inner = rest.Count == 1 ? Of(rest[0]) : new AffineForm(1, Expression.Sum(rest), 0);
            return inner with { Bias = inner.Bias + bias };
        }

        if (expression is ProductExpression product)
        {
            double scale = 1;
            foreach (Expression factor in product.Factors)
            {
                if (Constant(factor) is { } number)
                    scale *= number;
                else
                    rest.Add(factor);
            }

            AffineForm inner = rest.Count == 1 ? Of(rest[0]) : new AffineForm(1, Expression.Product(rest), 0);
            return new AffineForm(scale * inner.Scale, inner.Core, scale * inner.Bias);
        }

        return new AffineForm(1, expression, 0);
    }

    /// <summary>The value of an expression without variables, else null.</summary>
    /// <exception cref="ArgumentException">It is not finite.</exception>
    public static double? Constant(Expression expression)
    {
        if (HasVariable(expression))
            return null;
        double value = expression.Evaluate();
        return double.IsFinite(value)
            ? value
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The part '{expression}' of the formula is {value}; numbers of a network are finite."));
    }

    private static bool HasVariable(Expression expression) => expression is VariableExpression || expression.Children.Any(HasVariable);
}
