using KanSharp.Symbolics.Functions;

namespace KanSharp.Symbolics.Simplification;

/// <summary>What is known about the sign of an expression whatever its variables are.</summary>
internal static class Signs
{
    /// <summary>True if the value is never negative where there is one.</summary>
    public static bool IsNotNegative(Expression node) => node switch
    {
        NumberExpression number => number.Value >= 0,
        ConstantExpression => true,
        FunctionExpression call => call.Function.Kind is FunctionKind.Exp or FunctionKind.Abs or FunctionKind.Cosh or FunctionKind.Sigmoid
            or FunctionKind.Softplus or FunctionKind.ReLU or FunctionKind.Step or FunctionKind.Arccos,
        PowerExpression { Exponent: NumberExpression exponent } power => !exponent.IsInteger || exponent.Numerator % 2 == 0 || IsNotNegative(power.Base),
        SumExpression or ProductExpression => node.Children.All(IsNotNegative),
        _ => false,
    };
}
