using System.CommandLine;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Images;
using KanSharp.Cli.Models;
using KanSharp.Data;

namespace KanSharp.Cli.Commands;

/// <summary>kan evaluate: how well a model predicts a table with known targets.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var model = new Argument<string>("MODEL") { Description = "Model file, or the folder of a run." };
        var data = new Argument<string>("DATA") { Description = "CSV or TSV file with the model's feature and target columns; for an image model a known data set or a folder." };
        Option<string?> missing = Parse.Missing("as the model was trained");
        Option<string?> from = TrainCommand.From();
        Option<string?> part = Parse.Choice("--part", "Images to measure on. [default: test, where there are such]", "test", "train");
        Option<string?> confusion = Parse.Text("--confusion", "FILE.svg", "Picture of the confusion matrix, for image models.");
        Option<string?> mistakes = Parse.Text("--mistakes", "FILE.svg|png", "Sheet of the images that were sorted wrongly, the most certain first.");
        Option<bool> json = Parse.Json();
        var command = new Command("evaluate", "Measure a model on a table with known targets, or on images: errors, confusion, speed, memory.") { model, data, missing, from, part, confusion, mistakes, json };
        var reading = new TableReading(command);
        command.SetAction(parsed =>
        {
            if (ModelPath.ImageModel(parsed.GetRequiredValue(model)) is { } images)
            {
                return new ImageEvaluation(images, parsed.GetRequiredValue(data), parsed.GetValue(from), parsed.GetValue(part), parsed.GetValue(confusion), parsed.GetValue(mistakes))
                    .Run(parsed.GetValue(json), terminal, cancellation);
            }

            if (parsed.GetValue(from) is not null || parsed.GetValue(part) is not null || parsed.GetValue(confusion) is not null || parsed.GetValue(mistakes) is not null)
                throw UserErrorException.Usage("--from, --part, --confusion and --mistakes are for image models; the model is for tables");
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
