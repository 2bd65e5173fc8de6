using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KanSharp.Cli.Output;
using KanSharp.Data.Images;
using KanSharp.Interchange;
using KanSharp.Networks.Images;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Cli.Images;

/// <summary>
/// kan tune: the random search of Convolutional-KANs with an honest end. Trials choose settings and the number of epochs on validation images alone; then a fresh network
/// is trained with them on all training images, and the test images are looked at once.
/// </summary>
internal static class TuneWork
{
    public static int Run(TrainSettings settings, TuneSpace space, int draws, bool json, Terminal terminal, CancellationToken cancellation)
    {
        settings = settings with { Out = settings.Out ?? OutputFile.Named(Path.TrimEndingDirectorySeparator(settings.Data), $"-{settings.Preset}.safetensors") };
        OutputFile.CheckFolder(settings.Out, "--out");
        (ImageSet images, ImageSet? test) = ImageInput.Read(settings.Data, settings.From);
        if (settings.Images is { } most && most < images.Count)
            images = images.Split(images.Count - most, settings.Seed).Train;
        settings = settings with { Images = null, Validation = settings.Validation ?? Math.Max(1, images.Count / 5) };
        (ImageSet train, ImageSet? validation) = ImageInput.Split(images, settings);
        ImageNormalization normalization = ImageInput.Normalization(settings.Normalize, settings.Data, train);
        using Executor? own = settings.Threads > 0 ? new Executor(settings.Threads) : null;
        var trials = new List<TuneTrial>();
        var watch = Stopwatch.StartNew();
        TrainSettings[] drawn = space.Draw(settings, draws, settings.Seed);
        foreach (TrainSettings trial in drawn)
        {
            if (trials.Count > 0 && settings.TimeLimit is { } limit && watch.Elapsed.TotalSeconds >= limit)
            {
                terminal.Note($"note: the time limit was reached after {trials.Count} of {drawn.Length} trials");
                break;
            }

            FitResult<float> result = Fit(trial with { TimeLimit = null }, TrainWork.Network<float>(trial, images), train, validation, normalization, own, terminal, cancellation).Training;
            if (cancellation.IsCancellationRequested)
                throw new OperationCanceledException(cancellation);
            if (result.BestEpoch == 0)
            {
                terminal.Note(string.Create(CultureInfo.InvariantCulture, $"note: lr {trial.LearningRate}, weight decay {trial.WeightDecay}, batch {trial.Batch} diverged in its first epoch"));
                continue;
            }

            var done = new TuneTrial(trial, result.BestEpoch, 1 - result.BestLoss, result.Seconds, result.Reason);
            trials.Add(done);
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"trial {trials.Count}/{drawn.Length}: lr {trial.LearningRate}, weight decay {trial.WeightDecay}, batch {trial.Batch}: {Show.Percent(done.Accuracy)} in epoch {done.Epochs}, {Show.Time(done.Seconds)}"));
        }

        if (trials.Count == 0)
            throw new UserErrorException("no trial completed an epoch; a smaller --lr usually helps");
        TuneTrial best = trials.MaxBy(trial => trial.Accuracy)!;
        ImageNetwork<float> network = TrainWork.Network<float>(best.Settings, images);
        TrainSettings final = best.Settings with { Epochs = best.Epochs, TimeLimit = null };
        ImageFit<float> fit = Fit(final, network, images, null, normalization, own, terminal, cancellation);
        if (fit.Training.BestEpoch == 0)
            throw cancellation.IsCancellationRequested ? new OperationCanceledException(cancellation) : new UserErrorException($"the last training gave no model: {fit.Training.Message}");
        ImageModelFile.Save(settings.Out, fit.Model);
        // the network was trained on the validation images, too: without test images only the trial's accuracy is honest
        double accuracy = test is null ? best.Accuracy : new ImageJudgement(test, fit.Model.Predict(test, own)).Metrics.Accuracy;
        if (json)
            JsonResult.Write(terminal.Out, members => Members(members, settings, trials, best, network.CountParameters(), accuracy, test is not null, fit.Training));
        else
            Text(settings, trials, best, network.CountParameters(), accuracy, test is not null, terminal);
        return fit.Training.Reason == StopReason.Cancelled ? ExitCode.Cancelled : ExitCode.Success;
    }

    private static ImageFit<float> Fit(
        TrainSettings settings, ImageNetwork<float> network, ImageSet train, ImageSet? validation, ImageNormalization normalization, Executor? executor, Terminal terminal,
        CancellationToken cancellation) => TrainingDisplay.Run(terminal, "accuracy", progress =>
            ImageTrainer.Fit(network, train, validation, TrainWork.Options(settings, executor), normalization, null, progress, null, cancellation));

    private static void Text(TrainSettings settings, List<TuneTrial> trials, TuneTrial best, long parameters, double accuracy, bool tested, Terminal terminal)
    {
        ResultTable.Write(
            terminal,
            ["learning rate", "weight decay", "batch", "epochs", "validation accuracy", "time", ""],
            [
                .. trials.OrderByDescending(trial => trial.Accuracy).Select(trial => (string[])
                [
                    trial.Settings.LearningRate.ToString(CultureInfo.InvariantCulture), trial.Settings.WeightDecay.ToString(CultureInfo.InvariantCulture),
                    Show.Count(trial.Settings.Batch), Show.Count(trial.Epochs), Show.Percent(trial.Accuracy), Show.Time(trial.Seconds), trial == best ? "chosen" : "",
                ]),
            ]);
        ResultTable.Pairs(
            terminal,
            [
                ("network", $"{settings.Preset}, {Show.Count(parameters)} parameters, trained on all training images"),
                (tested ? "test accuracy" : "accuracy on the validation images of the chosen trial", Show.Percent(accuracy)),
                ("model", settings.Out!),
            ]);
    }

    private static void Members(
        Utf8JsonWriter json, TrainSettings settings, List<TuneTrial> trials, TuneTrial best, long parameters, double accuracy, bool tested, FitResult<float> training)
    {
        json.WriteString("command", "tune");
        json.WriteString("data", settings.Data);
        json.WriteString("preset", settings.Preset);
        json.WriteString("basis", settings.Basis);
        json.WriteNumber("parameters", parameters);
        json.WriteString("model", settings.Out);
        json.WriteStartArray("trials");
        foreach (TuneTrial trial in trials)
        {
            json.WriteStartObject();
            json.WriteNumber("learning_rate", trial.Settings.LearningRate);
            json.WriteNumber("weight_decay", trial.Settings.WeightDecay);
            json.WriteNumber("batch", trial.Settings.Batch);
            json.WriteNumber("epochs", trial.Epochs);
            json.Number("validation_accuracy", trial.Accuracy);
            json.Number("seconds", trial.Seconds);
            json.WriteBoolean("chosen", trial == best);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Number("seconds_per_epoch", training.Seconds / Math.Max(1, training.History.Count));
        json.WriteString("judged_on", tested ? "test" : "validation of the trial");
        json.Number("accuracy", accuracy);
    }
}

/// <summary>A finished trial of a search.</summary>
internal sealed record TuneTrial(TrainSettings Settings, int Epochs, double Accuracy, double Seconds, StopReason Reason);
