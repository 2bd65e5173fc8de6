namespace KanSharp.Symbolics.Evaluation;

/// <summary>The value of an expression at one point by walking the tree; equal parts are computed once.</summary>
internal static class ScalarEvaluation
{
    private static readonly IReadOnlyDictionary<string, double> NoValues = new Dictionary<string, double>();

    /// <summary>The value at a point.</summary>
    public static double Of(Expression expression, IReadOnlyDictionary<string, double> values) => Visit(expression, values, []);

    /// <summary>The value of an expression without variables.</summary>
    public static double OfConstant(Expression expression) => Visit(expression, NoValues, []);

    private static double Visit(Expression node, IReadOnlyDictionary<string, double> values, Dictionary<Expression, double> done)
    {
        switch (node)
        {
            case NumberExpression number: return number.Value;
            case ConstantExpression constant: return constant.Value;
            case VariableExpression variable:
                return values.TryGetValue(variable.Name, out double value)
                    ? value
                    : throw new ArgumentException($"There is no value for the variable '{variable.Name}'.", nameof(values));
        }

        if (done.TryGetValue(node, out double known))
            return known;
        double result;
        switch (node)
        {
            case SumExpression sum:
                result = 0;
                foreach (Expression term in sum.Terms)
                    result += Visit(term, values, done);
                break;
            case ProductExpression product:
                double denominator = 1;
                result = 1;
                foreach (Expression factor in product.Factors)
                {
                    if (factor is PowerExpression power && Expression.IsDenominator(power))
                        denominator *= Power(Visit(power.Base, values, done), -((NumberExpression)power.Exponent).Value);
                    else
                        result *= Visit(factor, values, done);
                }

                result /= denominator;
                break;
            case PowerExpression power:
                result = Power(Visit(power.Base, values, done), Visit(power.Exponent, values, done));
                break;
            case FunctionExpression call:
                result = call.Function.Evaluate(Visit(call.Argument, values, done));
                break;
            default:
                throw new InvalidOperationException($"'{node.GetType().Name}' has no value.");
        }

        done.Add(node, result);
        return result;
    }

    private static double Power(double x, double exponent) => exponent switch
    {
        1 => x,
        2 => x * x,
        -1 => 1 / x,
        0.5 => Math.Sqrt(x),
        _ => Math.Pow(x, exponent),
    };
}
