using System.CommandLine;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Models;
using KanSharp.Cli.Output;
using KanSharp.Data;

namespace KanSharp.Cli.Commands;

/// <summary>kan predict: the target columns for the rows of a table.</summary>
internal static class PredictCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var model = new Argument<string>("MODEL") { Description = "Model file, or the folder of a run." };
        var data = new Argument<string>("DATA") { Description = "CSV or TSV file with the model's feature columns, in any order." };
        Option<string?> output = Parse.Text("--out", "FILE", "File for the predictions. [default: standard output]");
        Option<string?> missing = Parse.Missing("as the model was trained");
        Option<bool> json = Parse.Json();
        var command = new Command(
            "predict",
            "Predict the rows of a table. Writes CSV: the target columns in original units; for classes the label and p(label) for each class. Rows that can not be predicted have empty cells.")
        {
            model, data, output, missing, json,
        };
        var reading = new TableReading(command);
        command.SetAction(parsed =>
        {
            string? file = parsed.GetValue(output);
            if (file is not null)
                OutputFile.CheckFolder(file, "--out");
            ModelPath path = ModelPath.Open(parsed.GetRequiredValue(model)).RequireTabular();
            Table table = FitInput.Read(parsed.GetRequiredValue(data), reading.Of(parsed));
            cancellation.ThrowIfCancellationRequested();
            MissingValues? policy = Parse.MissingOf(parsed.GetValue(missing));
            return path.Info.IsSingle
                ? Prediction.Run<float>(path, table, policy, file, parsed.GetValue(json), terminal)
                : Prediction.Run<double>(path, table, policy, file, parsed.GetValue(json), terminal);
        });
        return command;
    }
}
