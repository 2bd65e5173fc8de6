using System.CommandLine;
using KanSharp.Cli.Images;
using KanSharp.Cli.Models;

namespace KanSharp.Cli.Commands;

/// <summary>kan inspect: what a model file holds.</summary>
internal static class InspectCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "Model file, or the folder of a run." };
        Option<bool> json = Parse.Json();
        var command = new Command("inspect", "Show structure, columns, classes, units and scaling of a model.") { model, json };
        command.SetAction(parsed =>
        {
            if (ModelPath.ImageModel(parsed.GetRequiredValue(model)) is { } images)
                return ImageInspection.Run(images, parsed.GetValue(json), terminal);
            ModelPath path = ModelPath.Open(parsed.GetRequiredValue(model));
            return path.Info.IsSingle
                ? ModelSummary.Run<float>(path, parsed.GetValue(json), terminal)
                : ModelSummary.Run<double>(path, parsed.GetValue(json), terminal);
        });
        return command;
    }
}
