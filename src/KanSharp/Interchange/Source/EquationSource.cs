using KanSharp.Interchange.Lowering;
using KanSharp.Symbolics;
using KanSharp.Symbolics.Printing;

namespace KanSharp.Interchange.Source;

/// <summary>
/// A model as equations in LaTeX or MathML: one for each result where it is a formula, else one for each node, in which φ_{l,i,j} is the value of the numeric edge from
/// node i to sum j of layer l, all from 1.
/// </summary>
internal static class EquationSource
{
    public static string Write(LoweredModel model, SourceOptions options, bool latex)
    {
        List<(string Name, Expression Value)> equations = Equations(model);
        var print = new PrintOptions { Digits = options.Digits };
        if (!latex)
            return string.Concat(equations.Select(equation => MathMLDialect.Document($"{MathML(Expression.Variable(equation.Name), print)}<mo>=</mo>{MathML(equation.Value, print)}") + "\n"));
        IEnumerable<string> lines = equations.Select(equation => $"{Expression.Variable(equation.Name).Print(ExpressionFormat.Latex)} &= {equation.Value.Print(ExpressionFormat.Latex, print)}");
        return $"\\begin{{align}}\n{string.Join(" \\\\\n", lines)}\n\\end{{align}}\n";
    }

    private static List<(string Name, Expression Value)> Equations(LoweredModel model)
    {
        Expression[] nodes = [.. model.InputNames.Select(Expression.Variable)];
        if (model.Steps is [FormulaStep formulas])
            return [.. model.OutputNames.Zip(formulas.Results, (name, result) => (name, result))];
        List<(string, Expression)> equations = [];
        int layer = 0;
        for (int index = 0; index < model.Steps.Count; index++)
        {
            LoweredStep step = model.Steps[index];
            bool last = index == model.Steps.Count - 1;
            Expression[] values = step is EdgeStep edges ? Sums(edges, nodes, layer + 1) : EdgeExpressions.Map(step, nodes)
                ?? throw new NotSupportedException($"A step of the kind {step.GetType().Name} can not be written as an equation.");
            if (step is SelectStep or AffineStep && !last)
            {
                nodes = values;
                continue;
            }

            layer++;
            for (int node = 0; node < values.Length; node++)
            {
                string name = last ? model.OutputNames[node] : $"h_{layer}_{node + 1}";
                equations.Add((name, values[node]));
                values[node] = Expression.Variable(name);
            }

            nodes = values;
        }

        return equations;
    }

    private static Expression[] Sums(EdgeStep step, Expression[] nodes, int layer)
    {
        var sums = new List<Expression>[step.Outputs];
        for (int output = 0; output < sums.Length; output++)
            sums[output] = [step.Bias[output]];
        foreach ((int input, int output) in new EdgePlan(step).Edges)
            sums[output].Add(Expression.Variable($"phi_{layer}_{input + 1}_{output + 1}"));
        foreach (LoweredEdge edge in step.Symbolic)
            sums[edge.Output].Add(edge.Function.Substitute(new Dictionary<string, Expression> { [LoweredEdge.Variable] = nodes[edge.Input] }));
        return [.. sums.Select(terms => Expression.Sum(terms))];
    }

    private static string MathML(Expression expression, PrintOptions options) => new MathPrinter(new MathMLDialect(), options).Print(expression).Text;
}
