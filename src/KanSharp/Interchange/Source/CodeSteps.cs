using System.Globalization;
using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Source;

/// <summary>Steps other than sums over edges in C# and C, one function (x, y) for each.</summary>
internal static class CodeSteps
{
    /// <summary>Up to so many columns there is a line for each.</summary>
    private const int MostLines = 16;

    /// <summary>Writes the function of a step.</summary>
    /// <returns>Its name.</returns>
    public static string Write(CodeContext context, LoweredStep step, string suffix)
    {
        CodeStyle s = context.Style;
        (string name, IEnumerable<string> body) = step switch
        {
            SelectStep select => ("Select", Select(context, select, suffix)),
            AffineStep affine => ("Scale", Affine(context, affine, suffix)),
            RowNormStep norm => ("Normalize", RowNorm(context, norm, suffix)),
            ActivationStep activation => ("Activate", [.. Loop(step.Outputs), $"    y[n] = {context.Apply(activation.Function, "x[n]")};"]),
            NodeStep nodes => ("Nodes", Nodes(s, nodes)),
            DenseStep dense => ("Layer", Dense(context, dense, suffix)),
            ProbabilityStep probability => ("Probabilities", Probabilities(s, probability)),
            FormulaStep formulas => ("Formulas", Formulas(context, formulas)),
            _ => throw new NotSupportedException($"A step of the kind {step.GetType().Name} can not be written as source."),
        };
        string full = name + suffix;
        CodeFunctions.Write(context.Steps, s, s.Function("void", full, s.Source("x"), s.Target("y")), body);
        return full;
    }

    private static IEnumerable<string> Loop(int count) => [$"for (int n = 0; n < {SourceNumbers.Whole(count)}; n++)"];

    private static IEnumerable<string> Select(CodeContext context, SelectStep step, string suffix)
    {
        if (step.Outputs <= MostLines)
            return step.Columns.Select((column, n) => string.Create(CultureInfo.InvariantCulture, $"y[{n}] = x[{column}];"));
        context.Style.Table(context.Tables, "Columns" + suffix, [.. step.Columns]);
        return [.. Loop(step.Outputs), $"    y[n] = x[{context.Style.Id("Columns" + suffix)}[n]];"];
    }

    private static IEnumerable<string> Affine(CodeContext context, AffineStep step, string suffix)
    {
        CodeStyle s = context.Style;
        if (step.Outputs <= MostLines)
        {
            return Enumerable.Range(0, step.Outputs).Select(n =>
            {
                string x = string.Create(CultureInfo.InvariantCulture, $"x[{n}]"), shifted = step.Center[n] == 0 ? x : $"({s.Plus(x, -step.Center[n])})";
                return string.Create(CultureInfo.InvariantCulture, $"y[{n}] = {s.Plus(s.Times(step.Factor[n], shifted), step.Shift[n])};");
            });
        }

        s.Table(context.Tables, "Center" + suffix, step.Center);
        s.Table(context.Tables, "Factor" + suffix, step.Factor);
        bool shifts = step.Shift.Any(shift => shift != 0);
        if (shifts)
            s.Table(context.Tables, "Shift" + suffix, step.Shift);
        return [.. Loop(step.Outputs), $"    y[n] = (x[n] - {s.Id("Center" + suffix)}[n]) * {s.Id("Factor" + suffix)}[n]{(shifts ? $" + {s.Id("Shift" + suffix)}[n]" : "")};"];
    }

    private static IEnumerable<string> RowNorm(CodeContext context, RowNormStep step, string suffix)
    {
        CodeStyle s = context.Style;
        string count = SourceNumbers.Whole(step.Outputs), each = $"for (int n = 0; n < {count}; n++)";
        bool weighs = step.Weight.Any(weight => weight != 1), shifts = step.Bias.Any(bias => bias != 0);
        if (weighs)
            s.Table(context.Tables, "NormWeight" + suffix, step.Weight);
        if (shifts)
            s.Table(context.Tables, "NormBias" + suffix, step.Bias);
        return
        [
            $"{s.Real} mean = 0, variance = 0;",
            each,
            "    mean += x[n];",
            $"mean /= {count};",
            each,
            "    variance += (x[n] - mean) * (x[n] - mean);",
            $"{s.Real} factor = {s.Number(1)} / {s.Math("sqrt")}(variance / {count} + {s.Number(step.Epsilon)});",
            each,
            $"    y[n] = (x[n] - mean) * factor{(weighs ? $" * {s.Id("NormWeight" + suffix)}[n]" : "")}{(shifts ? $" + {s.Id("NormBias" + suffix)}[n]" : "")};",
        ];
    }

    private static IEnumerable<string> Nodes(CodeStyle s, NodeStep step)
    {
        int subnode = 0;
        for (int node = 0; node < step.Outputs; node++)
        {
            int factors = node < step.Sums ? 1 : step.Arities[node - step.Sums];
            string[] parts = [.. Enumerable.Range(subnode, factors).Select(index => s.Plus(s.Times(step.SubnodeScale[index], string.Create(CultureInfo.InvariantCulture, $"x[{index}]")), step.SubnodeBias[index]))];
            subnode += factors;
            bool plain = factors == 1 && step.NodeScale[node] == 1;
            string product = string.Join(" * ", parts.Select(part => plain || !part.AsSpan().ContainsAny(" -") ? part : $"({part})"));
            yield return string.Create(CultureInfo.InvariantCulture, $"y[{node}] = {s.Plus(s.Times(step.NodeScale[node], product), step.NodeBias[node])};");
        }
    }

    private static IEnumerable<string> Dense(CodeContext context, DenseStep step, string suffix)
    {
        CodeStyle s = context.Style;
        CodeFunctions.Loops(context);
        var transposed = new double[step.Weight.Length];
        for (int index = 0; index < transposed.Length; index++)
            transposed[index] = step.Weight[(index % step.Outputs * step.Inputs) + (index / step.Outputs)];
        s.Table(context.Tables, "Weights" + suffix, transposed);
        s.Table(context.Tables, "Bias" + suffix, step.Bias);
        string outputs = SourceNumbers.Whole(step.Outputs);
        return
        [
            .. Loop(step.Outputs),
            $"    y[n] = {s.Id("Bias" + suffix)}[n];",
            $"for (int i = 0; i < {SourceNumbers.Whole(step.Inputs)}; i++)",
            $"    {s.Id("Add")}(y, {s.Id("Weights" + suffix)}, i * {outputs}, {outputs}, x[i]);",
        ];
    }

    private static IEnumerable<string> Probabilities(CodeStyle s, ProbabilityStep step)
    {
        string exp = s.Math("exp"), one = s.Number(1);
        if (step.IsBinary)
            return [$"{s.Real} z = x[0];", $"y[0] = {one} / ({one} + {exp}(z));", $"y[1] = {one} / ({one} + {exp}(-z));"];
        string count = SourceNumbers.Whole(step.Outputs);
        return
        [
            $"{s.Real} largest = x[0], sum = 0;",
            $"for (int n = 1; n < {count}; n++)",
            "    largest = x[n] > largest ? x[n] : largest;",
            .. Loop(step.Outputs),
            "{",
            $"    y[n] = {exp}(x[n] - largest);",
            "    sum += y[n];",
            "}",
            "",
            .. Loop(step.Outputs),
            "    y[n] /= sum;",
        ];
    }

    private static IEnumerable<string> Formulas(CodeContext context, FormulaStep step)
    {
        HashSet<string> used = [.. step.Results.SelectMany(result => result.Variables)];
        Dictionary<string, string> names = [];
        for (int column = 0; column < step.Variables.Count; column++)
        {
            if (!used.Contains(step.Variables[column]))
                continue;
            string name = SourceNames.Local(step.Variables[column], names.Values);
            names.Add(step.Variables[column], name);
            yield return $"double {name} = x[{SourceNumbers.Whole(column)}];";
        }

        for (int result = 0; result < step.Results.Count; result++)
            yield return $"y[{SourceNumbers.Whole(result)}] = {CodeFormulas.Print(context, step.Results[result], names)};";
    }
}
