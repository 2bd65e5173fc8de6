using System.CommandLine;
using KanSharp.Cli.Exports;
using KanSharp.Cli.Models;
using KanSharp.Cli.Output;

namespace KanSharp.Cli.Commands;

/// <summary>kan export: a model as a file for other programs.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "Model file, or the folder of a run." };
        string targets = string.Join("; ", ExportTargets.All.Select(target => $"{target.Name}: {target.Description}"));
        Option<string?> to = Parse.Choice("--to", $"What is written. {targets}. [default: after the ending of --out]", [.. ExportTargets.All.Select(target => target.Name)]);
        to.HelpName = "TARGET";
        Option<string?> output = Parse.Text("--out", "FILE", "File to write. [default: after the model's name]");
        Option<string?> precision = Parse.Choice("--precision", "Numbers of the result. [default: as the model has them]", "f32", "f64");
        Option<string?> called = Parse.Text("--name", "NAME", "Class of C# code and prefix of C names. [default: KanModel]");
        Option<string?> data = Parse.Text("--data", "CSV", "Table whose columns give the ranges that the tables of fixed-point cover.");
        Option<int?> bits = Parse.Count("--table-bits", "Cells of the tables of fixed-point as a power of 2. [default: 6]", 2, 12);
        Option<bool> json = Parse.Json();
        var command = new Command("export", "Write a model for other programs and languages.") { model, to, output, precision, called, data, bits, json };
        var reading = new TableReading(command);
        command.SetAction(parsed =>
        {
            string name = parsed.GetRequiredValue(model);
            string? asked = parsed.GetValue(output);
            ExportTarget target = ExportTargets.Find(parsed.GetValue(to), asked);
            if (asked is not null)
                OutputFile.CheckFolder(asked, "--out");
            string? images = ModelPath.ImageModel(name);
            if (images is not null && !target.TakesImages)
                throw new UserErrorException($"{images} is an image model; --to {target.Name} writes models of tables and networks only");
            string file = asked ?? OutputFile.Named(Path.TrimEndingDirectorySeparator(name), target.Extension);
            string source = images ?? ModelPath.Open(name).Path;
            string? table = parsed.GetValue(data);
            Refuse("--precision", parsed.GetValue(precision) is not null, target.TakesPrecision, target, known => known.TakesPrecision);
            Refuse("--name", parsed.GetValue(called) is not null, target.TakesName, target, known => known.TakesName);
            Refuse("--data", table is not null, target.TakesData, target, known => known.TakesData);
            Refuse("--table-bits", parsed.GetValue(bits) is not null, target.TakesData, target, known => known.TakesData);
            OutputFile.NotAnInput(file, "--out", source, table);
            var request = new ExportRequest(source, images is not null, file, parsed.GetValue(precision))
            {
                Name = parsed.GetValue(called),
                Data = table,
                Reading = reading.Of(parsed),
                TableBits = parsed.GetValue(bits),
            };
            return ExportWork.Run(target, request, parsed.GetValue(json), terminal);
        });
        return command;
    }

    private static void Refuse(string option, bool isGiven, bool isTaken, ExportTarget target, Func<ExportTarget, bool> takes)
    {
        if (isGiven && !isTaken)
            throw UserErrorException.Usage($"{option} does not go with --to {target.Name}; it goes with {string.Join(", ", ExportTargets.All.Where(takes).Select(known => known.Name))}");
    }
}
