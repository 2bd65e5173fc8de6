using System.CommandLine;
using KanSharp.Cli.Images;
using KanSharp.Data.Images;
using KanSharp.Layers;
using KanSharp.Networks.Images;

namespace KanSharp.Cli.Commands;

/// <summary>kan train: trains a network on images.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        Argument<string> data = Data();
        Option<string?> from = From();
        Option<string?> preset = Preset();
        Option<string?> basis = Basis();
        Option<int?> size = Parse.Count("--basis-size", "Functions of a family: grid intervals, centres, degree. [default: as published, or by the family]", 1, 1024);
        Option<double?> width = Parse.Number("--width-factor", "Factor of the channels between the layers, for presets of KanSharp's own. [default: 1]", 0, leastAllowed: false);
        Option<int?> epochs = Parse.Count("--epochs", "Passes through the training images. [default: 10]", 0);
        Option<int?> batch = Parse.Count("--batch", "Images per step. [default: 64]", 1);
        Option<double?> rate = Parse.Number("--lr", "Learning rate of AdamW. [default: 0.001]", 0, leastAllowed: false);
        Option<double?> decay = Parse.Number("--weight-decay", "Weight decay. [default: 1e-4]", 0);
        Option<string?> schedule = Parse.Choice("--schedule", "How the learning rate changes. [default: cosine]", "cosine", "one-cycle", "exponential", "constant");
        Option<double?> factor = Parse.Number("--decay", "Factor of the learning rate after an epoch, for exponential. [default: 0.8]", 0, leastAllowed: false);
        Option<double?> average = Parse.Number("--average", "Decay of a moving average of the weights, which is what is kept. [default: 0, none]", 0, 1);
        Option<string?> augment = Parse.Text("--augment", Augmentations.Help, Augmentations.Description);
        Option<string?> normalize = Parse.Choice("--normalize", "Pixels to [-1, 1], by mean and deviation of the training images, or of the known data set as published. [default: half]", "half", "data", "known");
        Option<int?> updates = Parse.Count("--grid-updates", "Epoch until which the grids of splines follow the data, before every epoch; 0 for never. [default: 0]", 0);
        Option<int?> validation = Parse.Count("--validation", "Training images held back to choose the epoch by; 0 for none. [default: a sixth]", 0);
        Option<int?> images = Parse.Count("--images", "Take only so many of the training images, for a quick trial. [default: all]", 2);
        Option<int?> patience = Parse.Count("--patience", "Stop after so many epochs without better accuracy. [default: never]", 1);
        Option<ulong?> seed = Parse.Seed("Seed of initial values, order, split and augmentation; the same seed gives the same model. [default: 0]");
        Option<string?> precision = Parse.Choice("--precision", "Number format. [default: f32]", "f32", "f64");
        Option<int?> threads = Parse.Count("--threads", "Threads; the result does not depend on it. [default: one per processor]", 1, 1024);
        Option<TimeSpan?> limit = Parse.Duration("--time-limit", "Longest time of training; the best model so far is kept.");
        Option<string?> run = Parse.Text("--run", "DIR", "Folder for everything about the run: model, checkpoint, metrics, pictures, report; kan resume goes on with it.");
        Option<string?> output = Parse.Text("--out", "MODEL", "File of the model. [default: DATASET-PRESET.safetensors, or best.safetensors in the run folder]");
        Option<string?> events = Parse.Text("--tensorboard", "DIR", "Folder for TensorBoard's event files: losses, histograms of coefficients, pictures of kernels.");
        Option<bool> json = Parse.Json();
        var command = new Command("train", "Train a network on images.")
        {
            data, from, preset, basis, size, width, epochs, batch, rate, decay, schedule, factor, average, augment, normalize, updates, validation, images, patience, seed, precision, threads, limit,
            run, output, events, json,
        };
        command.SetAction(parsed =>
        {
            TrainSettings none = new() { Data = "", Preset = "" };
            var settings = new TrainSettings
            {
                Data = parsed.GetRequiredValue(data),
                From = parsed.GetValue(from),
                Preset = parsed.GetValue(preset) ?? "kagn",
                Basis = parsed.GetValue(basis),
                BasisSize = parsed.GetValue(size),
                WidthFactor = parsed.GetValue(width) ?? none.WidthFactor,
                Epochs = parsed.GetValue(epochs) ?? none.Epochs,
                Batch = parsed.GetValue(batch) ?? none.Batch,
                LearningRate = parsed.GetValue(rate) ?? none.LearningRate,
                WeightDecay = parsed.GetValue(decay) ?? none.WeightDecay,
                Schedule = parsed.GetValue(schedule) ?? none.Schedule,
                Decay = parsed.GetValue(factor) ?? none.Decay,
                Average = parsed.GetValue(average) ?? none.Average,
                Augment = parsed.GetValue(augment),
                Normalize = parsed.GetValue(normalize) ?? none.Normalize,
                GridUpdates = parsed.GetValue(updates) ?? 0,
                Validation = parsed.GetValue(validation),
                Images = parsed.GetValue(images),
                Patience = parsed.GetValue(patience),
                Seed = parsed.GetValue(seed) ?? 0,
                Precision = parsed.GetValue(precision) ?? none.Precision,
                Threads = parsed.GetValue(threads) ?? 0,
                TimeLimit = parsed.GetValue(limit)?.TotalSeconds,
                Tensorboard = parsed.GetValue(events),
                Out = parsed.GetValue(output),
            };
            return TrainWork.Run(settings, parsed.GetValue(run), parsed.GetValue(json), terminal, cancellation);
        });
        return command;
    }

    public static Argument<string> Data() => new("DATASET")
    {
        Description = $"{string.Join(", ", KnownImages.All.Select(set => set.Name))} (kan data get fetches them), a folder of IDX files, or a folder with a folder of PNG, PGM or PPM pictures for each class.",
    };

    public static Option<string?> From() => Parse.Text("--from", "DIR", "Folder with the files of a known data set. [default: where kan data get puts them]");

    public static Option<string?> Preset() => Parse.Choice("--preset", "Architecture. [default: kagn]", [.. ImagePresets.Names]);

    public static Option<string?> Basis() => Parse.Choice("--basis", "Family of the functions of KAN layers; kan families lists them. [default: as published]", [.. KanFamilies.Names]);
}
