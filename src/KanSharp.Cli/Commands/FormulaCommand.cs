using System.CommandLine;
using KanSharp.Cli.Edits;
using KanSharp.Cli.Models;
using KanSharp.Symbolics;

namespace KanSharp.Cli.Commands;

/// <summary>kan formula: what a symbolic model computes, written out.</summary>
internal static class FormulaCommand
{
    private static readonly (string Word, ExpressionFormat Format)[] Formats =
    [
        ("text", ExpressionFormat.Text), ("latex", ExpressionFormat.Latex), ("csharp", ExpressionFormat.CSharp), ("c", ExpressionFormat.C), ("python", ExpressionFormat.Python),
        ("mathml", ExpressionFormat.MathML),
    ];

    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "Model file, or the folder of a run; all its edges are symbolic." };
        Option<string?> to = Parse.Choice("--to", "How it is written. [default: text]", [.. Formats.Select(format => format.Word)]);
        Option<int?> digits = Parse.Count("--digits", "Significant digits of its numbers. [default: all]", 1, 17);
        Option<bool> json = Parse.Json();
        var command = new Command("formula", "Write the formula of a symbolic model in the names and units of its columns.") { model, to, digits, json };
        command.SetAction(parsed =>
        {
            string word = parsed.GetValue(to) ?? "text";
            ExpressionFormat format = Formats.First(known => known.Word == word).Format;
            ModelPath path = ModelPath.Open(parsed.GetRequiredValue(model));
            return path.Info.IsSingle
                ? FormulaWork.Run<float>(path, word, format, parsed.GetValue(digits), parsed.GetValue(json), terminal)
                : FormulaWork.Run<double>(path, word, format, parsed.GetValue(digits), parsed.GetValue(json), terminal);
        });
        return command;
    }
}
