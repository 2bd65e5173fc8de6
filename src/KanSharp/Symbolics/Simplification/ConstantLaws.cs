using System.Numerics;
using KanSharp.Symbolics.Evaluation;
using KanSharp.Symbolics.Functions;
using KanSharp.Symbolics.Printing;

namespace KanSharp.Symbolics.Simplification;

/// <summary>Laws of numbers.</summary>
internal static class ConstantLaws
{
    /// <summary>A decimal of up to so many digits beside π or e is kept apart: 0.5·π.</summary>
    private const int ShortDecimal = 4;

    /// <summary>Law 1. The factors or terms without variables are joined, if one of them is a decimal.</summary>
    public static Expression Fold(Expression node)
    {
        if (node.Children.Count == 0)
            return node;
        if (IsConstant(node))
            return Joins([node]) && ScalarEvaluation.OfConstant(node) is double value && double.IsFinite(value) ? Expression.Number(value) : node;
        if (node is not (SumExpression or ProductExpression))
            return node;
        Expression[] constants = [.. node.Children.Where(IsConstant)];
        if (constants.Length < 2 || !Joins(constants))
            return node;
        Expression joined = node.Rebuild(constants);
        double total = ScalarEvaluation.OfConstant(joined);
        return double.IsFinite(total) ? node.Rebuild([Expression.Number(total), .. node.Children.Where(c => !IsConstant(c))]) : node;
    }

    /// <summary>Law 2.</summary>
    public static Expression ExactValue(Expression node) => node switch
    {
        PowerExpression { Base: NumberExpression @base, Exponent: NumberExpression exponent } => Root(@base, exponent) ?? node,
        FunctionExpression call when call.Argument is NumberExpression { Value: 0 } => AtZero(call.Function.Kind) ?? node,
        FunctionExpression call when call.Argument.Equals(Expression.One) => AtOne(call.Function.Kind) ?? node,
        FunctionExpression call when HalfTurns(call.Argument) is int halves => AtHalfTurns(call.Function.Kind, halves) ?? node,
        FunctionExpression call when call.Function.Kind == FunctionKind.Log && call.Argument.Equals(Expression.E) => Expression.One,
        _ => node,
    };

    /// <summary>n where the node is n·π/2, else null.</summary>
    public static int? HalfTurns(Expression node)
    {
        (NumberExpression number, Expression rest) = Term.Of(node);
        return rest.Equals(Expression.Pi) && number is { IsExact: true, Denominator: 1 or 2 } && Math.Abs(number.Numerator) < int.MaxValue / 2
            ? (int)(number.Numerator * (2 / number.Denominator))
            : null;
    }

    public static bool IsConstant(Expression node) => node is NumberExpression or ConstantExpression
        || (node.Children.Count > 0 && node.Children.All(IsConstant));

    private static bool Joins(Expression[] constants) =>
        constants.Any(c => HasDecimal(c, longOnly: true)) || (constants.Any(c => HasDecimal(c, longOnly: false)) && !constants.Any(HasNamed));

    private static bool HasDecimal(Expression node, bool longOnly) => node is NumberExpression number
        ? !number.IsExact && (!longOnly || NumberText.Rounded(number.Value, ShortDecimal) != number.Value)
        : node.Children.Any(c => HasDecimal(c, longOnly));

    private static bool HasNamed(Expression node) => node is ConstantExpression || node.Children.Any(HasNamed);

    /// <summary>Exact roots of rationals, such as (4/9)^(−1/2) = 3/2.</summary>
    private static NumberExpression? Root(NumberExpression number, NumberExpression exponent)
    {
        if (!number.IsExact || !exponent.IsExact || number.Value <= 0 || exponent.Denominator > 64 || Math.Abs(exponent.Numerator) > 64)
            return null;
        int degree = (int)exponent.Denominator;
        if (ExactRoot(number.Numerator, degree) is not long top || ExactRoot(number.Denominator, degree) is not long bottom)
            return null;
        NumberExpression? root = NumberExpression.Exact(top, bottom);
        return root is null ? null : NumberExpression.Power(root, exponent.Numerator);
    }

    private static long? ExactRoot(long value, int degree)
    {
        long root = (long)Math.Round(Math.Pow(value, 1.0 / degree));
        return BigInteger.Pow(root, degree) == value ? root : null;
    }

    private static Expression? AtZero(FunctionKind kind) => kind switch
    {
        FunctionKind.Exp or FunctionKind.Cos or FunctionKind.Cosh or FunctionKind.Sinc or FunctionKind.BesselJ0 => Expression.One,
        FunctionKind.Sin or FunctionKind.Tan or FunctionKind.Arcsin or FunctionKind.Arctan or FunctionKind.Sinh or FunctionKind.Tanh
            or FunctionKind.Arctanh or FunctionKind.Erf or FunctionKind.BesselJ1 or FunctionKind.Abs or FunctionKind.Sign or FunctionKind.Step
            or FunctionKind.ReLU or FunctionKind.LogOnePlus => Expression.Zero,
        FunctionKind.Sigmoid => Expression.Half,
        FunctionKind.Arccos => Expression.Pi / 2,
        _ => null,
    };

    private static Expression? AtOne(FunctionKind kind) => kind switch
    {
        FunctionKind.Log or FunctionKind.Arccos => Expression.Zero,
        FunctionKind.Exp => Expression.E,
        FunctionKind.Arcsin => Expression.Pi / 2,
        FunctionKind.Arctan => Expression.Pi / 4,
        FunctionKind.Abs or FunctionKind.Sign or FunctionKind.Step or FunctionKind.ReLU => Expression.One,
        _ => null,
    };

    private static Expression? AtHalfTurns(FunctionKind kind, int halves)
    {
        int quarter = ((halves % 4) + 4) % 4;
        return kind switch
        {
            FunctionKind.Sin => new[] { 0, 1, 0, -1 }[quarter],
            FunctionKind.Cos => new[] { 1, 0, -1, 0 }[quarter],
            FunctionKind.Tan when quarter % 2 == 0 => Expression.Zero,
            _ => (Expression?)null,
        };
    }
}
