using System.CommandLine;
using KanSharp.Cli.Edits;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Models;
using KanSharp.Data;

namespace KanSharp.Cli.Commands;

/// <summary>kan symbolic: which functions the edges of a model are, one edge or the whole network.</summary>
internal static class SymbolicCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var model = new Argument<string>("MODEL") { Description = "Model file, or the folder of a run." };
        var data = new Argument<string>("DATA") { Description = "CSV or TSV file with the model's feature and target columns." };
        Option<int[]?> edge = Parse.Counts("--edge", "L,I,O", "0,1,2", "List the functions that one edge may be: layer, node below and node above, counted from 0.", 0, 3);
        Option<int?> top = Parse.Count("--top", "Functions to list for an edge. [default: 10]", 1);
        Option<string?> fix = Parse.Text("--fix", "NAME", "Give the edge this function of the list and write the model.");
        Option<double?> validation = Parse.Number("--validation", "Share of the rows that judges formulas and that none is fitted to. [default: 0.2]", 0, 1, leastAllowed: false);
        Option<ulong?> seed = Parse.Seed("Seed of the split of the rows. [default: 0]");
        Option<string?> missing = Parse.Missing("as the model was trained");
        Option<string?> output = Parse.Text("--out", "MODEL", "File of the symbolic model. [default: after the model's name]");
        Option<bool> json = Parse.Json();
        var command = new Command("symbolic", "Turn the edges of a model into functions with names: a ranked list for one edge, or all edges with a formula at the end.")
        {
            model, data, edge, top, fix, validation, seed, missing, output, json,
        };
        var catalogs = new Catalogs(command);
        var reading = new TableReading(command);
        command.SetAction(parsed =>
        {
            string name = parsed.GetRequiredValue(model);
            var settings = new SymbolicSettings
            {
                Catalog = catalogs.Of(parsed),
                Edge = parsed.GetValue(edge) is { Length: > 0 } place ? place : null,
                Top = parsed.GetValue(top) ?? 10,
                Fix = parsed.GetValue(fix),
                Validation = parsed.GetValue(validation) ?? 0.2,
                Seed = parsed.GetValue(seed) ?? 0,
                Missing = Parse.MissingOf(parsed.GetValue(missing)),
                Out = EditedFile.Choose(name, parsed.GetValue(output), ".symbolic"),
            };
            if (settings is { Fix: not null, Edge: null })
                throw UserErrorException.Usage($"--fix {settings.Fix}: name the edge with --edge L,I,O");
            ModelPath path = ModelPath.Open(name).RequireTabular();
            Table table = FitInput.Read(parsed.GetRequiredValue(data), reading.Of(parsed));
            return settings.Edge is null
                ? SymbolicWork.Run(path, table, settings, parsed.GetValue(json), terminal, cancellation)
                : EdgeWork.Run(path, table, settings, parsed.GetValue(json), terminal, cancellation);
        });
        return command;
    }
}
