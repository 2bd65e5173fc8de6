using KanSharp.Symbolics.Functions;

namespace KanSharp.Symbolics;

/// <summary>The rules of differentiation. Equal parts of an expression are differentiated once.</summary>
internal sealed class Differentiation(string variable)
{
    private readonly Dictionary<Expression, Expression> _done = [];

    public Expression Of(Expression node)
    {
        if (node.Children.Count == 0)
            return node is VariableExpression leaf && leaf.Name == variable ? Expression.One : Expression.Zero;
        if (!_done.TryGetValue(node, out Expression? result))
        {
            result = node switch
            {
                SumExpression sum => Expression.Sum(sum.Terms.Select(Of)),
                ProductExpression product => OfProduct(product),
                PowerExpression power => OfPower(power),
                FunctionExpression call => Slope(call) is var slope && Of(call.Argument) is var inner && inner.Equals(Expression.Zero)
                    ? Expression.Zero
                    : slope * inner,
                _ => throw new InvalidOperationException($"'{node.GetType().Name}' has no rule of differentiation."),
            };
            _done.Add(node, result);
        }

        return result;
    }

    private Expression OfProduct(ProductExpression product)
    {
        List<Expression> terms = [];
        for (int i = 0; i < product.Factors.Count; i++)
        {
            Expression slope = Of(product.Factors[i]);
            if (slope.Equals(Expression.Zero))
                continue;
            Expression[] factors = [.. product.Factors];
            factors[i] = slope;
            terms.Add(Expression.Product(factors));
        }

        return Expression.Sum(terms);
    }

    /// <summary>n·u^(n − 1)·u′ for an exponent without the variable, else u^v·(v′·ln u + v·u′/u).</summary>
    private Expression OfPower(PowerExpression power)
    {
        Expression slope = Of(power.Base), change = Of(power.Exponent);
        if (change.Equals(Expression.Zero))
        {
            return slope.Equals(Expression.Zero)
                ? Expression.Zero
                : power.Exponent * Expression.Power(power.Base, power.Exponent - Expression.One) * slope;
        }

        Expression growth = change * Expression.Call("log", power.Base);
        return power * (slope.Equals(Expression.Zero) ? growth : growth + (power.Exponent * slope / power.Base));
    }

    /// <summary>f′(u) as an expression.</summary>
    private static Expression Slope(FunctionExpression call)
    {
        Expression u = call.Argument;
        return call.Function.Kind switch
        {
            FunctionKind.Exp => call,
            FunctionKind.Log => Expression.Power(u, -1),
            FunctionKind.LogOnePlus => Expression.Power(1 + u, -1),
            FunctionKind.Abs => Expression.Call("sgn", u),
            FunctionKind.Sign or FunctionKind.Step => Expression.Zero,
            FunctionKind.ReLU => Expression.Call("step", u),
            FunctionKind.Sin => Expression.Call("cos", u),
            FunctionKind.Cos => -Expression.Call("sin", u),
            FunctionKind.Tan => 1 + Expression.Power(call, 2),
            FunctionKind.Arcsin => Expression.Power(1 - Expression.Power(u, 2), -0.5),
            FunctionKind.Arccos => -Expression.Power(1 - Expression.Power(u, 2), -0.5),
            FunctionKind.Arctan => Expression.Power(1 + Expression.Power(u, 2), -1),
            FunctionKind.Sinh => Expression.Call("cosh", u),
            FunctionKind.Cosh => Expression.Call("sinh", u),
            FunctionKind.Tanh => 1 - Expression.Power(call, 2),
            FunctionKind.Arctanh => Expression.Power(1 - Expression.Power(u, 2), -1),
            FunctionKind.Sigmoid => call * (1 - call),
            FunctionKind.Softplus => Expression.Call("sigmoid", u),
            FunctionKind.Erf => 2 * Expression.Power(Expression.Pi, -0.5) * Expression.Call("exp", -Expression.Power(u, 2)),
            FunctionKind.Sinc => (Expression.Call("cos", u) - call) / u,
            FunctionKind.BesselJ0 => -Expression.Call("J1", u),
            FunctionKind.BesselJ1 => Expression.Call("J0", u) - (call / u),
            _ => throw new InvalidOperationException($"'{call.Function}' has no rule of differentiation."),
        };
    }
}
