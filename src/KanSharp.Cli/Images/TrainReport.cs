using System.Globalization;
using System.Numerics;
using System.Text.Json;
using KanSharp.Cli.Output;
using KanSharp.Training;

namespace KanSharp.Cli.Images;

/// <summary>Prints the result of a training run on images.</summary>
internal static class TrainReport
{
    public static int Write<T>(TrainOutcome<T> outcome, ImageRun? folder, bool json, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FitResult<T> training = outcome.Training;
        foreach (string warning in training.Warnings)
            terminal.Note($"note: {warning}");
        if (training.Reason is StopReason.Diverged)
            terminal.Note($"error: training diverged and was stopped. {training.Message} The best model before is kept; a smaller --lr usually helps");
        else if (training.Reason is not StopReason.BudgetReached)
            terminal.Note($"note: {training.Message}");
        if (json)
        {
            JsonResult.Write(terminal.Out, members => Members(members, outcome, folder));
            return outcome.ExitCode;
        }

        ClassificationMetrics metrics = outcome.Judgement.Metrics;
        ResultTable.Write(terminal, [$"{outcome.Part} images", "accuracy", "macro-F1", "log-loss"], [[Show.Count(outcome.Judgement.Count), Show.Percent(metrics.Accuracy), Show.Share(metrics.MacroF1), Show.Value(metrics.LogLoss)]]);
        ResultTable.Pairs(terminal, [.. Pairs(outcome), ("model", outcome.Settings.Out!), .. folder is null ? Array.Empty<(string, string)>() : [("run", folder.Path)]]);
        if (outcome.Part == "validation")
            terminal.Note("There are no test images. The validation images also chose the best epoch, so their accuracy is a little optimistic.");
        return outcome.ExitCode;
    }

    public static IEnumerable<(string Name, string Value)> Pairs<T>(TrainOutcome<T> outcome)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FitResult<T> training = outcome.Training;
        TrainSettings settings = outcome.Settings;
        yield return ("network", string.Create(CultureInfo.InvariantCulture, $"{settings.Preset}{(settings.Basis is null ? "" : $" of {settings.Basis}")}, {Show.Count(outcome.Model.Network.CountParameters())} parameters"));
        yield return ("images", $"{Show.Count(outcome.TrainCount)} to train on, {Show.Count(outcome.ValidationCount)} to choose the epoch by");
        yield return ("training", string.Create(CultureInfo.InvariantCulture, $"{training.History.Count} epochs in {Show.Time(training.Seconds)} ({Show.Time(outcome.SecondsPerEpoch)} each), {Show.Count((long)training.SamplesPerSecond)} images/s"));
        yield return ("best epoch", string.Create(CultureInfo.InvariantCulture, $"{training.BestEpoch}, accuracy {Show.Percent(outcome.SelectedAccuracy)} on the {(outcome.ValidationCount > 0 ? "validation" : "training")} images"));
        yield return ("optimizer", string.Create(CultureInfo.InvariantCulture, $"AdamW, learning rate {settings.LearningRate}, {settings.Schedule}, weight decay {settings.WeightDecay}, batch {settings.Batch}, seed {settings.Seed}"));
    }

    private static void Members<T>(Utf8JsonWriter json, TrainOutcome<T> outcome, ImageRun? folder)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FitResult<T> training = outcome.Training;
        TrainSettings settings = outcome.Settings;
        json.WriteString("command", "train");
        json.WriteString("data", settings.Data);
        json.WriteString("preset", settings.Preset);
        json.WriteString("basis", settings.Basis);
        json.WriteNumber("parameters", outcome.Model.Network.CountParameters());
        json.WriteString("model", settings.Out);
        json.WriteString("run", folder?.Path);
        json.WriteNumber("train_images", outcome.TrainCount);
        json.WriteNumber("validation_images", outcome.ValidationCount);
        json.WriteNumber("epochs", training.History.Count);
        json.WriteNumber("best_epoch", training.BestEpoch);
        json.Number("best_epoch_accuracy", outcome.SelectedAccuracy);
        json.WriteString("stop_reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(training.Reason.ToString()));
        json.Number("seconds", training.Seconds);
        json.Number("seconds_per_epoch", outcome.SecondsPerEpoch);
        json.Number("images_per_second", training.SamplesPerSecond);
        json.Number("peak_memory_mb", Memory.PeakMegabytes());
        json.WriteNumber("learning_rate", settings.LearningRate);
        json.WriteNumber("weight_decay", settings.WeightDecay);
        json.WriteNumber("batch", settings.Batch);
        json.WriteString("schedule", settings.Schedule);
        json.WriteString("augment", settings.Augment);
        json.WriteNumber("seed", settings.Seed);
        json.WriteString("judged_on", outcome.Part);
        json.Number("accuracy", outcome.Judgement.Metrics.Accuracy);
        json.Number("macro_f1", outcome.Judgement.Metrics.MacroF1);
        json.Number("log_loss", outcome.Judgement.Metrics.LogLoss);
        json.Texts("warnings", training.Warnings);
    }
}
