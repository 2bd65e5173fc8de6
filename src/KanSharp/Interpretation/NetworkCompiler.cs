using System.Numerics;
using KanSharp.Interpretation.Compilation;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>
/// Turns formulas into networks that compute them (the kanpiler of Liu et al., KAN 2.0, arXiv 2408.10205, section 3.3). Sums become sum nodes, products become
/// product nodes with as many factors, functions and powers with a number as exponent become symbolic edges; factors and offsets go into the constants of edges and nodes. Equal parts are
/// computed once and carried to where they are needed by edges that are the identity.
/// </summary>
/// <remarks>
/// The network is as shallow as the formula allows: an edge takes a factor and an offset inside and outside, a layer the edges, sums and one product each. Nothing else is
/// rearranged, so x·x has two factors where x^2 is one edge, and f^g with a variable exponent is exp(g·log f), for f &gt; 0. The numeric edges are there and masked out.
/// </remarks>
public static class NetworkCompiler
{
    /// <summary>Compiles one formula.</summary>
    /// <param name="expression">The formula.</param>
    /// <param name="variables">Names of the inputs of the network, in order; there may be more than the formula uses.</param>
    /// <param name="options">Numeric edges; the defaults if null.</param>
    /// <exception cref="ArgumentException">A variable is missing or named twice, or a part without variables is not a finite number.</exception>
    public static KanNetwork<T> Compile<T>(Expression expression, IReadOnlyList<string> variables, CompilerOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Compile<T>([expression], variables, options);

    /// <summary>Compiles several formulas into one network with as many outputs.</summary>
    /// <param name="expressions">At least one formula.</param>
    /// <param name="variables">Names of the inputs of the network, in order.</param>
    /// <param name="options">Numeric edges; the defaults if null.</param>
    /// <exception cref="ArgumentException">There is no formula, a variable is missing or named twice, or a part without variables is not a finite number.</exception>
    public static KanNetwork<T> Compile<T>(IReadOnlyList<Expression> expressions, IReadOnlyList<string> variables, CompilerOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(expressions);
        ArgumentNullException.ThrowIfNull(variables);
        options ??= new CompilerOptions();
        if (expressions.Count == 0)
            throw new ArgumentException("There is no formula; a network has one output at least.", nameof(expressions));
        if (variables.Count == 0)
            throw new ArgumentException("There are no variables; a network has one input at least.", nameof(variables));
        var graph = new FormulaGraph(variables);
        FormulaOutput[] outputs = [.. expressions.Select(graph.Output)];
        var plan = new LevelPlan(graph.Inputs, outputs);
        var stages = new KanStage<T>[plan.Depth];
        for (int level = 1; level <= plan.Depth; level++)
            stages[level - 1] = StageBuilder.Build<T>(plan.Levels[level - 1], plan.Levels[level], options, (ulong)level);
        return new KanNetwork<T>(stages);
    }
}
