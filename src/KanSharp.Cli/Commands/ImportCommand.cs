using System.CommandLine;
using KanSharp.Cli.Imports;
using KanSharp.Cli.Output;
using KanSharp.Interchange.Checkpoints;

namespace KanSharp.Cli.Commands;

/// <summary>kan import: a model from a checkpoint of another program.</summary>
internal static class ImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "File of torch.save, safetensors or NPZ; for pykan the name given to saveckpt." };
        Option<string?> from = Parse.Choice("--from", $"What the file is of: auto, {string.Join(", ", CheckpointImport.Families)}. [default: auto]", ["auto", .. CheckpointImport.Families]);
        from.HelpName = "FAMILY";
        var set = new Option<string[]>("--set") { HelpName = "NAME=VALUE", Description = "What the file does not store, such as base=gelu; may be repeated.", AllowMultipleArgumentsPerToken = false };
        Option<string?> inputs = Parse.Text("--inputs", "A,B,...", "Names of the input columns. [default: x1,x2,...]");
        Option<string?> target = Parse.Text("--target", "Y|Y,Z,...", "Names of the outputs. [default: y or y1,y2,...]");
        Option<string?> precision = Parse.Choice("--precision", "Precision of the model. [default: as stored]", "f32", "f64");
        Option<string?> output = Parse.Text("--out", "MODEL", "File of the model.");
        Option<bool> json = Parse.Json();
        var command = new Command("import", "Read a network that was trained elsewhere; no code of its file is run.")
        {
            file, from, set, inputs, target, precision, output, json,
        };
        command.SetAction(parsed =>
        {
            string model = parsed.GetValue(output) ?? throw UserErrorException.Usage("--out MODEL is missing: the file to write");
            string source = parsed.GetRequiredValue(file);
            OutputFile.CheckFolder(model, "--out");
            OutputFile.NotAnInput(model, "--out", Inputs(source));
            var work = new ImportWork(
                source, parsed.GetValue(from) is { } family and not "auto" ? family : null, Settings(parsed.GetValue(set) ?? []),
                Names(parsed.GetValue(inputs), "--inputs"), Names(parsed.GetValue(target), "--target"), model);
            return work.Run(parsed.GetValue(precision), parsed.GetValue(json), terminal);
        });
        return command;
    }

    private static Dictionary<string, string> Settings(IEnumerable<string> words)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string word in words)
        {
            string[] parts = word.Split('=', 2);
            if (parts.Length != 2 || parts[0].Length == 0 || !settings.TryAdd(parts[0], parts[1]))
                throw UserErrorException.Usage($"--set is '{word}'; expected NAME=VALUE, each name once");
        }

        return settings;
    }

    /// <summary>A file and those that may belong to it, as pykan and the export name them.</summary>
    private static string[] Inputs(string file)
    {
        string[] endings = ["_state", "_config.yml", "_cache_data"];
        string stem = Array.Find(endings, end => file.EndsWith(end, StringComparison.Ordinal)) is { } ending ? file[..^ending.Length] : file;
        return [file, .. endings.Select(end => stem + end), Path.ChangeExtension(file, null) + "_config.yml"];
    }

    private static string[]? Names(string? list, string option)
    {
        string[]? names = list?.Split(',', StringSplitOptions.TrimEntries);
        return names?.Contains("") == true ? throw UserErrorException.Usage($"{option} is '{list}'; expected names with commas between them, none of them empty") : names;
    }
}
