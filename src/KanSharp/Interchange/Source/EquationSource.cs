using KanSharp.Interchange.Lowering;
using KanSharp.Symbolics;
using KanSharp.Symbolics.Printing;

namespace KanSharp.Interchange.Source;

/// <summary>
/// A model as equations in LaTeX or MathML: one for each result where it is a formula, else one for each node, in which φ_{l,i,j} is the value of the numeric edge from
/// node i to sum j of layer l, all from 1; node i of layer 0 is an input, chosen and scaled. Notes before the equations say so.
/// </summary>
internal static class EquationSource
{
    public static string Write(LoweredModel model, SourceOptions options, bool latex)
    {
        List<(string Name, Expression Value)> equations = Equations(model);
        var print = new PrintOptions { Digits = options.Digits };
        List<string> notes = Notes(model, latex);
        if (!latex)
            return MathMLDialect.Document(Rows(notes, [.. equations.Select(equation => (MathML(Expression.Variable(equation.Name), print), MathML(equation.Value, print)))])) + "\n";
        IEnumerable<string> lines = equations.Select(equation => $"{Expression.Variable(equation.Name).Print(ExpressionFormat.Latex)} &= {equation.Value.Print(ExpressionFormat.Latex, print)}");
        return $"{string.Concat(notes.Select(note => $"% {note}\n"))}\\begin{{align}}\n{string.Join(" \\\\\n", lines)}\n\\end{{align}}\n";
    }

    /// <summary>One equation, or a table with a row for each.</summary>
    private static string Rows(List<string> notes, (string Name, string Value)[] equations)
    {
        if (notes.Count == 0 && equations.Length == 1)
            return $"{equations[0].Name}<mo>=</mo>{equations[0].Value}";
        IEnumerable<string> rows =
        [
            .. notes.Select(note => $"<mtr><mtd columnalign=\"left\" columnspan=\"2\"><mtext>{note}</mtext></mtd></mtr>"),
            .. equations.Select(equation => $"<mtr><mtd>{equation.Name}</mtd><mtd><mo>=</mo>{equation.Value}</mtd></mtr>"),
        ];
        return $"\n<mtable displaystyle=\"true\" columnalign=\"right left\">\n{string.Join('\n', rows)}\n</mtable>\n";
    }

    /// <summary>What the letters of numeric layers are; nothing where there are none.</summary>
    private static List<string> Notes(LoweredModel model, bool latex)
    {
        string Phi(string index) => latex ? $"\\phi_{{{index}}}" : $"φ({index})";
        string Node(string index) => latex ? $"h_{{{index}}}" : $"h({index})";
        List<string> layers = [];
        int layer = 0;
        foreach (LoweredStep step in model.Steps.Where(step => step is not (SelectStep or AffineStep)))
        {
            layer++;
            if (step is not EdgeStep edges || !IsNumeric(edges))
                continue;
            var plan = new EdgePlan(edges);
            string weights = plan.HasBase ? $" plus {edges.BaseActivation} times a weight" : "", mapping = edges.Mapping.Count > 0 ? ", of its normalised inputs" : "";
            layers.Add($"Layer {SourceNumbers.Whole(layer)}: {SourceNotes.Of(edges.Basis!)}{weights}{mapping}.");
        }

        return layers.Count == 0 ? [] :
        [
            SourceNotes.Title(model),
            $"{Phi("l,i,j")} is the value of a learned function of one number, the edge from node i, {Node("l-1,i")}, to sum j of layer l; {Node("0,i")} are the inputs as the network sees them.",
            .. layers,
            "The numbers of these functions are in the model and in source code exported from it.",
        ];
    }

    private static bool IsNumeric(EdgeStep step) => new EdgePlan(step).Edges.Count > 0;

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
            if (layer == 0 && step is EdgeStep first && IsNumeric(first))
                Name(equations, nodes, node => $"h_0_{node + 1}");
            Expression[] values = step is EdgeStep edges ? Sums(edges, nodes, layer + 1) : EdgeExpressions.Map(step, nodes)
                ?? throw new NotSupportedException($"A step of the kind {step.GetType().Name} can not be written as an equation.");
            if (step is SelectStep or AffineStep && !last)
            {
                nodes = values;
                continue;
            }

            layer++;
            Name(equations, values, node => last ? model.OutputNames[node] : $"h_{layer}_{node + 1}");
            nodes = values;
        }

        return equations;
    }

    /// <summary>Adds an equation for each value and puts its name in its place.</summary>
    private static void Name(List<(string Name, Expression Value)> equations, Expression[] values, Func<int, string> name)
    {
        for (int node = 0; node < values.Length; node++)
        {
            equations.Add((name(node), values[node]));
            values[node] = Expression.Variable(name(node));
        }
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
