using System.CommandLine;
using System.Globalization;
using KanSharp.Cli.Images;

namespace KanSharp.Cli.Commands;

/// <summary>kan tune: random search for learning rate, weight decay and batch size.</summary>
internal static class TuneCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        Argument<string> data = TrainCommand.Data();
        Option<string?> from = TrainCommand.From();
        Option<string?> preset = TrainCommand.Preset();
        Option<string?> basis = TrainCommand.Basis();
        Option<int?> size = Parse.Count("--basis-size", "Functions of a family: grid intervals, centres, degree. [default: as published, or by the family]", 1, 1024);
        Option<int?> draws = Parse.Count("--draws", "Combinations that are tried, each once. [default: 8]", 1, 1000);
        Option<double[]?> rates = Numbers("--lr", "Learning rates to draw from. [default: 1e-4,5e-4,1e-3]");
        Option<double[]?> decays = Numbers("--weight-decay", "Weight decays to draw from. [default: 0,1e-5,1e-4]");
        Option<int[]?> batches = Parse.Counts("--batch", "32,64,128", "32,64,128", "Batch sizes to draw from. [default: 32,64,128]", 1);
        Option<int?> epochs = Parse.Count("--epochs", "Most epochs of a trial. [default: 20]", 1);
        Option<string?> schedule = Parse.Choice("--schedule", "How the learning rate changes. [default: constant]", "cosine", "one-cycle", "exponential", "constant");
        Option<int?> validation = Parse.Count("--validation", "Training images held back to choose by. [default: a fifth]", 1);
        Option<int?> images = Parse.Count("--images", "Take only so many of the training images, for a quick trial. [default: all]", 2);
        Option<ulong?> seed = Parse.Seed("Seed of draws, initial values, order and split. [default: 0]");
        Option<int?> threads = Parse.Count("--threads", "Threads; the result does not depend on it. [default: one per processor]", 1, 1024);
        Option<TimeSpan?> limit = Parse.Duration("--time-limit", "Longest time of the search; no trial is begun after it.");
        Option<string?> output = Parse.Text("--out", "MODEL", "File of the model. [default: DATASET-PRESET.safetensors]");
        Option<bool> json = Parse.Json();
        var command = new Command("tune", "Search learning rate, weight decay, batch size and epochs on validation images, then train with the best on all and test once.")
        {
            data, from, preset, basis, size, draws, rates, decays, batches, epochs, schedule, validation, images, seed, threads, limit, output, json,
        };
        command.SetAction(parsed =>
        {
            var settings = new TrainSettings
            {
                Data = parsed.GetRequiredValue(data),
                From = parsed.GetValue(from),
                Preset = parsed.GetValue(preset) ?? "kagn",
                Basis = parsed.GetValue(basis),
                BasisSize = parsed.GetValue(size),
                Epochs = parsed.GetValue(epochs) ?? 20,
                Schedule = parsed.GetValue(schedule) ?? "constant",
                Validation = parsed.GetValue(validation),
                Images = parsed.GetValue(images),
                Seed = parsed.GetValue(seed) ?? 0,
                Threads = parsed.GetValue(threads) ?? 0,
                TimeLimit = parsed.GetValue(limit)?.TotalSeconds,
                Out = parsed.GetValue(output),
            };
            var space = new TuneSpace(Given(rates) ?? [1e-4, 5e-4, 1e-3], Given(decays) ?? [0, 1e-5, 1e-4], Given(batches) ?? [32, 64, 128]);
            return TuneWork.Run(settings, space, parsed.GetValue(draws) ?? 8, parsed.GetValue(json), terminal, cancellation);

            // an option that is not given has an empty list
            T[]? Given<T>(Option<T[]?> option) => parsed.GetValue(option) is { Length: > 0 } values ? values : null;
        });
        return command;
    }

    /// <summary>Numbers from 0 with commas between them.</summary>
    private static Option<double[]?> Numbers(string name, string description) => new(name)
    {
        HelpName = "X,Y,...",
        Description = description,
        CustomParser = result =>
        {
            string[] parts = result.Tokens[0].Value.Split(',');
            var values = new double[parts.Length];
            for (int index = 0; index < parts.Length; index++)
            {
                if (double.TryParse(parts[index], NumberStyles.Float, CultureInfo.InvariantCulture, out values[index]) && values[index] >= 0 && double.IsFinite(values[index]))
                    continue;
                result.AddError($"{name} is '{result.Tokens[0].Value}'; expected numbers from 0 with commas between them, such as 1e-4,1e-3");
                return null;
            }

            return values;
        },
    };
}
