using KanSharp.Symbolics.Functions;

namespace KanSharp.Symbolics.Simplification;

/// <summary>Laws of functions.</summary>
internal static class FunctionLaws
{
    /// <summary>Law 13. ln u^n with n even, or unknown, is left alone where u may be negative.</summary>
    public static Expression Logarithm(Expression node)
    {
        if (node is not FunctionExpression { Function.Kind: FunctionKind.Log } log)
            return node;
        return log.Argument switch
        {
            FunctionExpression inner when Term.IsCall(inner, "exp") => inner.Argument,
            PowerExpression power when Signs.IsNotNegative(power.Base) || (power.Exponent is NumberExpression n && (!n.IsInteger || n.Numerator % 2 != 0)) =>
                power.Exponent * Expression.Call("log", power.Base),
            _ => node,
        };
    }

    /// <summary>Law 14.</summary>
    public static Expression Parity(Expression node)
    {
        // an even power is an even function of its base
        if (node is PowerExpression { Base: SumExpression @base, Exponent: NumberExpression { IsInteger: true } exponent } && exponent.Numerator % 2 == 0)
            return Preferred(@base) is Expression other ? Expression.Power(other, exponent) : node;
        if (node is not FunctionExpression call)
            return node;
        switch (call.Function.Kind)
        {
            case FunctionKind.Cos or FunctionKind.Cosh or FunctionKind.Abs or FunctionKind.Sinc or FunctionKind.BesselJ0:
                return Preferred(call.Argument) is Expression positive ? Expression.Call(call.Function.Name, positive) : node;
            case FunctionKind.Sin or FunctionKind.Tan or FunctionKind.Arcsin or FunctionKind.Arctan or FunctionKind.Sinh or FunctionKind.Tanh
                or FunctionKind.Arctanh or FunctionKind.Erf or FunctionKind.BesselJ1 or FunctionKind.Sign:
                return Term.Of(Term.TermsOf(call.Argument)[0]).Coefficient.Value < 0
                    ? -Expression.Call(call.Function.Name, Term.Negate(call.Argument))
                    : node;
            default:
                return node;
        }
    }

    /// <summary>Law 15.</summary>
    public static Expression Shift(Expression node)
    {
        if (node is not FunctionExpression { Argument: SumExpression sum, Function.Kind: FunctionKind.Sin or FunctionKind.Cos or FunctionKind.Tan } call)
            return node;
        if (sum.Terms.FirstOrDefault(t => ConstantLaws.HalfTurns(t) is not null) is not Expression shift)
            return node;
        int quarter = ((ConstantLaws.HalfTurns(shift)!.Value % 4) + 4) % 4;
        Expression rest = Expression.Sum(sum.Terms.Where(t => !ReferenceEquals(t, shift)));
        if (call.Function.Kind == FunctionKind.Tan)
            return quarter % 2 == 0 ? Expression.Call("tan", rest) : node;

        // sin(u + q·π/2); the cosine is a quarter ahead
        if (call.Function.Kind == FunctionKind.Cos)
            quarter = (quarter + 1) % 4;
        Expression wave = Expression.Call(quarter % 2 == 0 ? "sin" : "cos", rest);
        return quarter >= 2 ? -wave : wave;
    }

    /// <summary>Law 16.</summary>
    public static Expression Inverse(Expression node) => node is FunctionExpression { Argument: FunctionExpression inner } outer
        && (outer.Function.Kind, inner.Function.Kind) is (FunctionKind.Sin, FunctionKind.Arcsin) or (FunctionKind.Cos, FunctionKind.Arccos)
            or (FunctionKind.Tan, FunctionKind.Arctan) or (FunctionKind.Tanh, FunctionKind.Arctanh) or (FunctionKind.Arctanh, FunctionKind.Tanh)
        ? inner.Argument
        : node;

    /// <summary>Law 18.</summary>
    public static Expression Absolute(Expression node)
    {
        if (node is PowerExpression { Base: FunctionExpression { Function.Kind: FunctionKind.Abs } size, Exponent: NumberExpression { IsInteger: true } n }
            && n.Numerator % 2 == 0)
            return Expression.Power(size.Argument, n);
        if (node is not FunctionExpression { Function.Kind: FunctionKind.Abs } call)
            return node;
        if (Signs.IsNotNegative(call.Argument))
            return call.Argument;
        (NumberExpression number, Expression rest) = Term.Of(call.Argument);
        return number.Equals(Expression.One) ? node : Expression.Number(1) * Size(number) * Expression.Call("abs", rest);

        static Expression Size(NumberExpression number) => number.Value < 0 ? -number : number;
    }

    /// <summary>−u if that is simpler or, equally simple, begins without a minus; else null.</summary>
    private static Expression? Preferred(Expression u)
    {
        Expression negated = Term.Negate(u);
        if (negated is SumExpression)
            negated = SumLaws.Collect(negated);
        int difference = negated.Complexity.CompareTo(u.Complexity);
        return difference < 0 || (difference == 0 && Term.Of(Term.TermsOf(u)[0]).Coefficient.Value < 0) ? negated : null;
    }
}
