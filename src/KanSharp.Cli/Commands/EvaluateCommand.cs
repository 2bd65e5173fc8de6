using System.CommandLine;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Models;
using KanSharp.Data;

namespace KanSharp.Cli.Commands;

/// <summary>kan evaluate: how well a model predicts a table with known targets.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var model = new Argument<string>("MODEL") { Description = "Model file, or the folder of a run." };
        var data = new Argument<string>("DATA") { Description = "CSV or TSV file with the model's feature and target columns." };
        Option<string?> missing = Parse.Missing("as the model was trained");
        Option<bool> json = Parse.Json();
        var command = new Command("evaluate", "Measure a model on a table with known targets: errors, confusion, speed, memory.") { model, data, missing, json };
        var reading = new TableReading(command);
        command.SetAction(parsed =>
        {
            ModelPath path = ModelPath.Open(parsed.GetRequiredValue(model)).RequireTabular();
            Table table = FitInput.Read(parsed.GetRequiredValue(data), reading.Of(parsed));
            MissingValues? policy = Parse.MissingOf(parsed.GetValue(missing));
            return path.Info.IsSingle
                ? ModelEvaluation.Run<float>(path, table, policy, parsed.GetValue(json), terminal, cancellation)
                : ModelEvaluation.Run<double>(path, table, policy, parsed.GetValue(json), terminal, cancellation);
        });
        return command;
    }
}
