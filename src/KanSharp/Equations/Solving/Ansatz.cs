using KanSharp.Autodiff;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Solving;

/// <summary>
/// How an unknown is made of a network's output v: u = lift + distance·v, so that conditions hold whatever v is (Lagaris, Likas and Fotiadis, "Artificial neural
/// networks for solving ordinary and partial differential equations", 1998). Both are expressions of the variables; their derivatives are exact.
/// </summary>
/// <param name="Lift">Takes the prescribed values.</param>
/// <param name="Distance">Vanishes where they are prescribed.</param>
internal sealed record Ansatz(Expression Lift, Expression Distance)
{
    private readonly Dictionary<PartialDerivative, (CompiledExpression? Lift, CompiledExpression? Distance)> _compiled = [];

    /// <summary>u = v.</summary>
    public static Ansatz None { get; } = new(Expression.Zero, Expression.One);

    /// <summary>Whether nothing is built in.</summary>
    public bool IsIdentity => Lift is NumberExpression { Value: 0 } && Distance is NumberExpression { Value: 1 };

    /// <summary>Derivatives of lift and distance at points; null where they vanish.</summary>
    /// <param name="partial">Which derivative.</param>
    /// <param name="variables">Names of the coordinates.</param>
    /// <param name="points">[N, d].</param>
    public (double[]? Lift, double[]? Distance) Evaluate(PartialDerivative partial, IReadOnlyList<string> variables, ReadOnlySpan<double> points)
    {
        if (!_compiled.TryGetValue(partial, out (CompiledExpression? Lift, CompiledExpression? Distance) known))
            _compiled[partial] = known = (Compile(Lift), Compile(Distance));
        return (known.Lift?.Evaluate(points), known.Distance?.Evaluate(points));

        CompiledExpression? Compile(Expression expression)
        {
            for (int index = 0; index < partial.Order; index++)
                expression = expression.Differentiate(variables[partial[index]]);
            expression = expression.Simplify();
            return expression is NumberExpression { Value: 0 } ? null : expression.Compile(variables);
        }
    }
}
