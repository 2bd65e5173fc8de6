using System.CommandLine;
using KanSharp.Cli.Edits;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Models;
using KanSharp.Data;

namespace KanSharp.Cli.Commands;

/// <summary>kan prune: a smaller network without the edges, nodes and inputs that do not matter.</summary>
internal static class PruneCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var model = new Argument<string>("MODEL") { Description = "Model file, or the folder of a run." };
        var data = new Argument<string>("DATA") { Description = "CSV or TSV file with the model's feature and target columns." };
        Option<double?> edges = Parse.Number("--edges", "Edges whose score is not above this go. [default: 0.03]", 0);
        Option<double?> nodes = Parse.Number("--nodes", "Hidden nodes whose score is not above this go. [default: 0.01]", 0);
        Option<double?> inputs = Parse.Number("--inputs", "Inputs whose score is not above this go. [default: all stay]", 0);
        Option<int?> keepEdges = Parse.Count("--keep-edges", "Keep this many edges, those of highest score.", 1);
        Option<int?> keepNodes = Parse.Count("--keep-nodes", "Keep this many hidden nodes, those of highest score.", 1);
        Option<int?> keepInputs = Parse.Count("--keep-inputs", "Keep this many inputs, those of highest score.", 1);
        Option<double?> harm = Parse.Number("--least-harm", "Remove, step by step, what raises the error least, until it would rise by more than this share: 0.05 for 5 %.", 0);
        Option<int?> refit = Parse.Count("--refit", "Epochs of training after the removal, after each step with --least-harm. [default: 0]", 0);
        Option<double?> validation = Parse.Number("--validation", "Share of the rows that judges, for --least-harm and --refit. [default: 0.2]", 0, 1, leastAllowed: false);
        Option<ulong?> seed = Parse.Seed("Seed of the split of the rows. [default: 0]");
        Option<string?> missing = Parse.Missing("as the model was trained");
        var dry = new Option<bool>("--dry-run") { Description = "Show the result, and write nothing." };
        Option<string?> output = Parse.Text("--out", "MODEL", "File of the new model. [default: after the model's name]");
        Option<bool> json = Parse.Json();
        var command = new Command("prune", "Remove edges, nodes and inputs that matter little to a model.")
        {
            model, data, edges, nodes, inputs, keepEdges, keepNodes, keepInputs, harm, refit, validation, seed, missing, dry, output, json,
        };
        var reading = new TableReading(command);
        command.SetAction(parsed =>
        {
            string name = parsed.GetRequiredValue(model);
            var settings = new PruneSettings
            {
                Edges = parsed.GetValue(edges),
                Nodes = parsed.GetValue(nodes),
                Inputs = parsed.GetValue(inputs),
                KeepEdges = parsed.GetValue(keepEdges),
                KeepNodes = parsed.GetValue(keepNodes),
                KeepInputs = parsed.GetValue(keepInputs),
                LeastHarm = parsed.GetValue(harm),
                Refit = parsed.GetValue(refit) ?? 0,
                Validation = parsed.GetValue(validation) ?? 0.2,
                Seed = parsed.GetValue(seed) ?? 0,
                DryRun = parsed.GetValue(dry),
                Missing = Parse.MissingOf(parsed.GetValue(missing)),
                Out = EditedFile.Choose(name, parsed.GetValue(output), ".pruned"),
            };
            if (settings.LeastHarm is not null && (settings.Cuts || settings.Keeps))
                throw UserErrorException.Usage("--least-harm removes by the error; it does not go with thresholds (--edges, --nodes, --inputs) or numbers to keep (--keep-edges, --keep-nodes, --keep-inputs)");
            ModelPath path = ModelPath.Open(name).RequireTabular();
            Table table = FitInput.Read(parsed.GetRequiredValue(data), reading.Of(parsed));
            return path.Info.IsSingle
                ? PruneWork<float>.Run(path, table, settings, parsed.GetValue(json), terminal, cancellation)
                : PruneWork<double>.Run(path, table, settings, parsed.GetValue(json), terminal, cancellation);
        });
        return command;
    }
}
