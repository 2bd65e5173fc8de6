using System.CommandLine;
using KanSharp.Cli.Fitting;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Training;

namespace KanSharp.Cli.Commands;

/// <summary>kan fit: trains a model on a table.</summary>
internal static class FitCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var data = new Argument<string>("DATA") { Description = "CSV or TSV file with a header row, also gzipped." };
        var target = new Option<string[]>("--target") { HelpName = "NAME", Description = "Column to predict; several with commas for regression." };
        Option<string?> task = Parse.Choice("--task", "What to predict. [default: by the target column]", "auto", "regression", "classification");
        var exclude = new Option<string[]>("--exclude") { HelpName = "NAMES", Description = "Columns that are not used, with commas between them." };
        Option<string?> missing = Parse.Missing("error");
        Option<int[]?> width = Parse.Counts("--width", "2,5,1", "2,5,1", "Nodes per level from inputs to outputs. [default: one hidden level by the size of the data]", 1);
        Option<int[]?> grid = Parse.Counts("--grid", "5|3,5,10,20", "5 or 3,5,10,20", "Grid intervals of every edge; of several, training goes on to the next finer grid as long as the validation error falls. [default: 5, or 8 for many rows; 3,5,10,20 for lm without noise]", 1);
        Option<int?> degree = Parse.Count("--degree", "Degree of the splines. [default: 3]", 1, 10);
        Option<string?> basis = Parse.Choice("--basis", "Family of the functions on the edges; kan families lists them. [default: b-spline]", [.. KanFamilies.Names]);
        Option<int?> basisSize = Parse.Count("--basis-size", "Functions of a family that is no grid of splines: centres, degree, frequencies. [default: by the family]", 1, 1024);
        Option<string?> inputMap = Parse.Choice("--input-map", "What is done to the inputs of every layer before its functions see them. [default: by the family]", [.. InputMaps.Names]);
        Option<double?> dropout = Parse.Number("--edge-dropout", "Probability with which the value of an edge is dropped in training (DropKAN), not for wavelets. [default: 0]", 0, 1);
        Option<double?> noise = Parse.Number("--input-noise", "Standard deviation of noise on the inputs of every layer in training. [default: 0]", 0);
        var mlp = new Option<bool>("--mlp") { Description = "Train a multilayer perceptron instead, as a baseline." };
        Option<string?> optimizer = Parse.Choice("--optimizer", "Optimiser. auto takes lm (Levenberg-Marquardt) for numbers without noise, else adamw, and says why. [default: auto]", ["auto", .. OptimizerOptions.Names]);
        Option<int?> starts = Parse.Count("--starts", "Networks that are tried for some epochs before the best is trained to the end. [default: 1]", 1, 1000);
        Option<double?> rate = Parse.Number("--lr", "Learning rate. [default: by the optimiser]", 0, leastAllowed: false);
        Option<string?> schedule = Parse.Choice("--schedule", "How the learning rate changes. [default: cosine, constant for solvers: lm, nk, lbfgs, ssbfgs, ssbroyden]", "cosine", "constant");
        Option<int?> epochs = Parse.Count("--epochs", "Passes through the training rows. [default: by the number of rows]", 0);
        Option<int?> batch = Parse.Count("--batch", "Rows per step; 0 takes all. [default: by the number of rows]", 0);
        Option<double?> decay = Parse.Number("--weight-decay", "Weight decay; for lm a ridge. [default: by the optimiser]", 0);
        Option<double?> smoothness = Parse.Number("--smoothness", "Weight of the roughness of the curves on the edges, not for nk. [default: 1e-7 for lm, else 0]", 0);
        Option<int?> updates = Parse.Count("--grid-updates", "Epoch until which grids follow the data; 0 for never. [default: a third of the epochs; 1 for lm with noise; 0 for other solvers]", 0);
        Option<double?> lambda = Parse.Number("--lambda", "Weight of the sparsity penalty on edges (L1 and entropy). [default: 0]", 0);
        Option<double?> validation = Parse.Number("--validation", "Share of the rows that chooses the best epoch. [default: 0.2]", 0, 1);
        Option<double?> test = Parse.Number("--test", "Share of the rows kept aside for an honest error. [default: 0]", 0, 1);
        Option<int?> patience = Parse.Count("--patience", "Stop after so many epochs without improvement. [default: never; 15 for lm]", 1);
        Option<ulong?> seed = Parse.Seed("Seed of split, initial values and order; the same seed gives the same model. [default: 0]");
        Option<string?> precision = Parse.Choice("--precision", "Number format. [default: f32, f64 for lm, lbfgs, ssbfgs and ssbroyden]", "f32", "f64");
        Option<int?> threads = Parse.Count("--threads", "Threads; the result does not depend on it. [default: one per processor]", 1, 1024);
        Option<TimeSpan?> limit = Parse.Duration("--time-limit", "Longest time of training; the best model so far is kept.");
        Option<string?> run = Parse.Text("--run", "DIR", "Folder for everything about the run: models, checkpoint, metrics, pictures, report.");
        Option<string?> output = Parse.Text("--out", "MODEL", "File of the model. [default: DATA.kan.safetensors, or best.safetensors in the run folder]");
        Option<string?> events = Parse.Text("--tensorboard", "DIR", "Folder for TensorBoard's event files: losses, histograms of coefficients, pictures of the network.");
        Option<bool> json = Parse.Json();
        var command = new Command("fit", "Train a model on a table.")
        {
            data, target, task, exclude, missing, width, basis, basisSize, inputMap, dropout, noise, grid, degree, mlp, optimizer, starts, rate, schedule, epochs, batch, decay, smoothness, updates, lambda,
            validation, test, patience, seed, precision, threads, limit, run, output, events, json,
        };
        var reading = new TableReading(command);
        command.SetAction(parsed =>
        {
            (string[] missingTexts, string[] textColumns) = reading.Words(parsed);
            var settings = new FitSettings
            {
                Data = parsed.GetRequiredValue(data),
                Targets = parsed.GetValue(target) ?? [],
                Task = parsed.GetValue(task) switch { "regression" => TaskKind.Regression, "classification" => TaskKind.Classification, _ => null },
                Exclude = parsed.GetValue(exclude) ?? [],
                MissingTexts = missingTexts,
                TextColumns = textColumns,
                Missing = Parse.MissingOf(parsed.GetValue(missing)) ?? MissingValues.Error,
                Width = parsed.GetValue(width) is { Length: > 0 } nodes ? nodes : null,
                Grid = parsed.GetValue(grid) is [int first, ..] ? first : null,
                Grids = parsed.GetValue(grid) is { Length: > 1 } grids ? grids : null,
                Degree = parsed.GetValue(degree),
                Basis = parsed.GetValue(basis),
                BasisSize = parsed.GetValue(basisSize),
                InputMap = parsed.GetValue(inputMap),
                EdgeDropout = parsed.GetValue(dropout) ?? 0,
                InputNoise = parsed.GetValue(noise) ?? 0,
                Mlp = parsed.GetValue(mlp),
                Optimizer = parsed.GetValue(optimizer) is { } name and not "auto" ? name : null,
                Starts = parsed.GetValue(starts) ?? 1,
                LearningRate = parsed.GetValue(rate),
                Schedule = parsed.GetValue(schedule),
                Epochs = parsed.GetValue(epochs),
                Batch = parsed.GetValue(batch),
                WeightDecay = parsed.GetValue(decay),
                Smoothness = parsed.GetValue(smoothness),
                GridUpdates = parsed.GetValue(updates),
                Lambda = parsed.GetValue(lambda) ?? 0,
                Validation = parsed.GetValue(validation),
                Test = parsed.GetValue(test) ?? 0,
                Patience = parsed.GetValue(patience),
                Seed = parsed.GetValue(seed) ?? 0,
                Precision = parsed.GetValue(precision),
                Threads = parsed.GetValue(threads) ?? 0,
                TimeLimit = parsed.GetValue(limit)?.TotalSeconds,
                Tensorboard = parsed.GetValue(events),
                Out = parsed.GetValue(output),
            };
            return FitWork.Run(settings, parsed.GetValue(run), parsed.GetValue(json), terminal, cancellation);
        });
        return command;
    }
}
