using System.Globalization;
using System.Numerics;
using KanSharp.Cli.Models;
using KanSharp.Cli.Output;
using KanSharp.Interpretation;
using KanSharp.Networks;
using KanSharp.Symbolics;

namespace KanSharp.Cli.Edits;

/// <summary>Prints the formulas of a stored model.</summary>
internal static class FormulaWork
{
    private const int MostEdges = 6;

    public static int Run<T>(ModelPath path, string word, ExpressionFormat format, int? digits, bool json, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        StoredNetwork<T> stored = StoredNetwork<T>.Load(path, null);
        RequireSymbolic(stored.Network, path);
        IReadOnlyList<Expression> formulas = path.Info.IsTabular ? FormulaExtraction.Extract(stored.Model) : FormulaExtraction.Extract(stored.Network);
        string[] names = path.Info.IsTabular ? ModelFormulas.Names(stored.Model) : [.. formulas.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"y{i + 1}"))];
        string[] texts = [.. formulas.Select(formula => formula.Print(format, new PrintOptions { Digits = digits }))];
        if (json)
        {
            JsonResult.Write(terminal.Out, members =>
            {
                members.WriteString("command", "formula");
                members.WriteString("model", path.Path);
                members.WriteString("format", word);
                members.WriteStartArray("formulas");
                for (int i = 0; i < texts.Length; i++)
                {
                    members.WriteStartObject();
                    members.WriteString("target", names[i]);
                    members.WriteString("formula", texts[i]);
                    members.WriteNumber("complexity", formulas[i].Complexity);
                    members.Texts("variables", formulas[i].Variables);
                    members.WriteEndObject();
                }

                members.WriteEndArray();
            });
            return ExitCode.Success;
        }

        for (int i = 0; i < texts.Length; i++)
            terminal.Out.WriteLine(format == ExpressionFormat.MathML ? texts[i] : $"{Expression.Variable(names[i]).Print(format)} = {texts[i]}");
        return ExitCode.Success;
    }

    private static void RequireSymbolic<T>(KanNetwork<T> network, ModelPath path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var numeric = new List<EdgeAddress>();
        for (int layer = 0; layer < network.Stages.Count; layer++)
        {
            for (int input = 0; input < network.Stages[layer].Inputs; input++)
            {
                for (int output = 0; output < network.Stages[layer].Subnodes; output++)
                {
                    if ((network.Mode(layer, input, output) & EdgeMode.Numeric) != 0)
                        numeric.Add(new EdgeAddress(layer, input, output));
                }
            }
        }

        if (numeric.Count == 0)
            return;
        string more = numeric.Count > MostEdges ? $" and {numeric.Count - MostEdges} more" : "";
        throw new UserErrorException(
            $"{path.Path}: {(numeric.Count == 1 ? "1 edge is" : $"{numeric.Count} edges are")} still numeric: {string.Join(", ", numeric.Take(MostEdges))}{more}; kan symbolic {path.Path} DATA makes them symbolic");
    }
}
