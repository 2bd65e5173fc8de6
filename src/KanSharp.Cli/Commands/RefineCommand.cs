using System.CommandLine;
using KanSharp.Cli.Edits;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Models;
using KanSharp.Data;

namespace KanSharp.Cli.Commands;

/// <summary>kan refine: the same functions on finer grids.</summary>
internal static class RefineCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var model = new Argument<string>("MODEL") { Description = "Model file, or the folder of a run." };
        Option<int[]?> grid = Parse.Counts("--grid", "N|N,N,...", "20 or 10,20", "Grid intervals of every layer, or one number for each.", 1);
        Option<string?> data = Parse.Text("--data", "CSV", "Table with the model's columns: hidden grids move to where its rows are, and the error is measured before and after.");
        Option<string?> missing = Parse.Missing("as the model was trained");
        Option<string?> output = Parse.Text("--out", "MODEL", "File of the new model. [default: after the model's name]");
        Option<bool> json = Parse.Json();
        var command = new Command("refine", "Put a model on finer grids without changing its functions, for further training.") { model, grid, data, missing, output, json };
        var reading = new TableReading(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(grid) is not { Length: > 0 } intervals)
                throw UserErrorException.Usage("--grid N is missing: the grid intervals of the new model");
            string name = parsed.GetRequiredValue(model);
            string file = EditedFile.Choose(name, parsed.GetValue(output), ".refined");
            ModelPath path = ModelPath.Open(name);
            Table? table = parsed.GetValue(data) is { } csv ? FitInput.Read(csv, reading.Of(parsed)) : null;
            MissingValues? policy = Parse.MissingOf(parsed.GetValue(missing));
            cancellation.ThrowIfCancellationRequested();
            return path.Info.IsSingle
                ? RefineWork.Run<float>(path, intervals, table, policy, file, parsed.GetValue(json), terminal)
                : RefineWork.Run<double>(path, intervals, table, policy, file, parsed.GetValue(json), terminal);
        });
        return command;
    }
}
