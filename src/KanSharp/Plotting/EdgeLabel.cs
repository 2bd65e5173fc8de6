using KanSharp.Networks;
using KanSharp.Symbolics;

namespace KanSharp.Plotting;

/// <summary>The formula of a symbolic edge as short text.</summary>
internal static class EdgeLabel
{
    private const int Longest = 20;

    /// <summary>c·f(a·x + b) + d with three digits where that is short; else f(a·x + b), else the name of f.</summary>
    public static string Of(EdgeFormula edge)
    {
        double[] constants = [edge.A, edge.B, edge.C, edge.D, edge.Function.HasExponent ? edge.Exponent : 1];
        if (!constants.All(double.IsFinite))
            return edge.Function.Name;
        Expression argument = Expression.Sum([Product(edge.A, Expression.Variable("x")), edge.B]).Round(3);
        Expression inner = edge.Function.Apply(argument, edge.Exponent).Round(3);
        string full = Expression.Sum([Product(edge.C, inner), edge.D]).Round(3).ToString(), plain = inner.ToString();
        return full.Length <= Longest ? full : plain.Length <= Longest ? plain : edge.Function.Name;
    }

    private static Expression Product(double factor, Expression expression) => Expression.Product([factor, expression]);
}
