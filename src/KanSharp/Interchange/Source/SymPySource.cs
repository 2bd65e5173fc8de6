using KanSharp.Bases;
using KanSharp.Interchange.Lowering;
using KanSharp.Symbolics;

namespace KanSharp.Interchange.Source;

/// <summary>A model as SymPy expressions: a line for every node, so that Python puts them together; edges of B-splines are piecewise polynomials.</summary>
internal static class SymPySource
{
    /// <summary>Most edges of B-splines that are written out.</summary>
    public const int MostSplines = 50;

    private const string SplineFunction = """
        def _spline(x, knots, pieces, linear):
            # pieces are powers of x - knot on each cell; outside the tangents, or 0
            def polynomial(piece, at):
                return sum((c * (x - at) ** n for n, c in enumerate(piece)), Integer(0))
            end, last = knots[-1], pieces[-1]
            width = end - knots[-2]
            value, slope = sum(c * width ** n for n, c in enumerate(last)), sum(n * c * width ** (n - 1) for n, c in enumerate(last) if n)
            branches = [(polynomial(pieces[0][:2], knots[0]) if linear else 0, x < knots[0])]
            branches += [(polynomial(piece, at), x < to) for piece, at, to in zip(pieces, knots, knots[1:])]
            return Piecewise(*branches, (value + slope * (x - end) if linear else 0, True))
        """;

    public static string Write(LoweredModel model)
    {
        int splines = model.Steps.OfType<EdgeStep>().Where(step => step.Basis is SplineBasis or SplineGaussianFunctions).Sum(step => new EdgePlan(step).Edges.Count);
        if (splines > MostSplines)
        {
            throw new NotSupportedException(
                $"{splines} edges of the model are numeric (B-splines); SymPy is written for formulas and for up to {MostSplines} such edges. Give the edges formulas first (kan symbolic, kan discover), or write Python for NumPy.");
        }

        var text = new SourceText();
        text.Line($"\"\"\"{SourceNumbers.Comment(SourceNotes.Title(model))}\"\"\"");
        text.Line("from sympy import *");
        text.Line();
        if (splines > 0)
        {
            text.Line();
            text.Lines(SplineFunction);
            text.Line();
            text.Line();
        }

        List<string> names = [];
        foreach (string column in model.InputNames)
        {
            names.Add(SourceNames.Local(column, names));
            text.Line($"{names[^1]} = Symbol({SourceNumbers.Quoted(column)}, real=True)");
        }

        string variables = $"variables = [{string.Join(", ", names)}]";
        Expression[] nodes = [.. names.Select(Expression.Variable)];
        for (int index = 0; index < model.Steps.Count; index++)
            nodes = Step(text, model.Steps[index], nodes, index + 1);
        text.Line(variables);
        text.Line($"formulas = {{{string.Join(", ", nodes.Select((node, output) => $"{SourceNumbers.Quoted(model.OutputNames[output])}: sympify({Print(node)})"))}}}");
        return text.ToString();
    }

    /// <summary>Lines of a step.</summary>
    /// <returns>Its results: variables of the lines.</returns>
    private static Expression[] Step(SourceText text, LoweredStep step, Expression[] x, int number)
    {
        if (step is SelectStep)
            return EdgeExpressions.Map(step, x)!;
        if (EdgeExpressions.Map(step, x) is { } mapped)
            return Lines(text, mapped.Select(Print), $"h{number}_");
        var edges = (EdgeStep)step;
        var plan = new EdgePlan(edges);
        Expression[] p = x;
        for (int index = 0; index < edges.Mapping.Count && plan.Form != EdgeForm.None; index++)
            p = Lines(text, EdgeExpressions.Map(edges.Mapping[index], p)!.Select(Print), $"p{number}_{index}_");
        var sums = new List<string>[edges.Outputs];
        for (int output = 0; output < sums.Length; output++)
            sums[output] = edges.Bias[output] == 0 ? [] : [Print(edges.Bias[output])];
        foreach ((int input, int output) in plan.Edges)
        {
            double weight = plan.BaseWeight(input, output);
            Expression rest = EdgeExpressions.Of(plan, input, output, p[input])
                ?? throw new NotSupportedException($"Edge ({input}, {output}) of a layer is numeric and its functions ({SourceNotes.Of(edges.Basis!)}) have no formula. Give it one first (kan symbolic), or write Python for NumPy.");
            if (weight != 0)
                rest += weight * EdgeExpressions.Apply(edges.BaseActivation!, edges.BaseOnRawInput ? x[input] : p[input]);
            if (!rest.Equals(Expression.Zero))
                sums[output].Add(Print(rest));
            if ((edges.Basis as SplineBasis ?? (edges.Basis as SplineGaussianFunctions)?.Splines) is { } spline)
                sums[output].Add(Spline(spline, plan.Coefficients(input, output), edges.Basis is SplineBasis ? input : 0, Print(p[input])));
        }

        foreach (LoweredEdge edge in edges.Symbolic)
            sums[edge.Output].Add(Print(edge.Function.Substitute(new Dictionary<string, Expression> { [LoweredEdge.Variable] = x[edge.Input] })));
        return Lines(text, sums.Select(terms => terms.Count == 0 ? "Integer(0)" : string.Join(" + ", terms)), $"h{number}_");
    }

    private static Expression[] Lines(SourceText text, IEnumerable<string> values, string prefix)
    {
        List<Expression> names = [];
        foreach (string value in values)
        {
            string name = prefix + SourceNumbers.Whole(names.Count + 1);
            text.Line($"{name} = {value}");
            names.Add(Expression.Variable(name));
        }

        return [.. names];
    }

    /// <summary>A spline by its Taylor polynomials at the beginning of every cell.</summary>
    private static string Spline(SplineBasis basis, double[] coefficients, int input, string x)
    {
        int width = basis.Intervals + (2 * basis.Degree) + 1, skip = basis.LinearOutside ? basis.Degree : 0;
        double[] knots = basis.Knots[(input * width)..((input + 1) * width)];
        var spline = new BSpline<double>(knots, basis.Degree, basis.LinearOutside ? OutsideGrid.Linear : OutsideGrid.Zero);
        double[] ends = [.. knots[skip..^skip].Distinct()];
        var values = new double[coefficients.Length];
        List<string> pieces = [];
        foreach (double start in ends[..^1])
        {
            var piece = new double[basis.Degree + 1];
            double factorial = 1;
            for (int order = 0; order < piece.Length; order++)
            {
                factorial *= Math.Max(1, order);
                spline.Evaluate(start, values, order);
                for (int n = 0; n < values.Length; n++)
                    piece[order] += coefficients[n] * values[n] / factorial;
            }

            pieces.Add($"[{string.Join(", ", piece.Select(Number))}]");
        }

        return $"_spline({x}, [{string.Join(", ", ends.Select(Number))}], [{string.Join(", ", pieces)}], {(basis.LinearOutside ? "True" : "False")})";
    }

    private static string Number(double value) => SourceNumbers.Literal(value, false);

    private static string Print(Expression expression) => expression.Print(ExpressionFormat.Python);
}
