using System.Collections.Concurrent;
using KanSharp.Autodiff;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Solving;

/// <summary>An expression of the variables with all its derivatives, compiled when they are first needed.</summary>
internal sealed class GivenFunction(Expression expression, IReadOnlyList<string> variables)
{
    private readonly ConcurrentDictionary<PartialDerivative, CompiledExpression?> _compiled = [];

    public Expression Expression => expression;

    /// <summary>Whether it is 0 everywhere.</summary>
    public bool IsZero => expression is NumberExpression { Value: 0 };

    /// <summary>Whether it is 1 everywhere.</summary>
    public bool IsOne => expression is NumberExpression { Value: 1 };

    /// <summary>A derivative at points [N, d]; null where it vanishes everywhere.</summary>
    public double[]? Evaluate(PartialDerivative partial, ReadOnlySpan<double> points)
    {
        if (!_compiled.TryGetValue(partial, out CompiledExpression? known))
        {
            Expression derivative = expression;
            for (int index = 0; index < partial.Order; index++)
                derivative = derivative.Differentiate(variables[partial[index]]);
            derivative = derivative.Simplify();
            _compiled[partial] = known = derivative is NumberExpression { Value: 0 } ? null : derivative.Compile(variables);
        }

        return known?.Evaluate(points);
    }

    /// <summary>All derivatives of a jet shape at points.</summary>
    public double[]?[] Evaluate(JetShape shape, ReadOnlySpan<double> points)
    {
        var parts = new double[]?[shape.Count];
        for (int index = 0; index < parts.Length; index++)
            parts[index] = Evaluate(shape.Components[index], points);
        return parts;
    }
}
