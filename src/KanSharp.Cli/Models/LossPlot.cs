using System.Text.Json;
using KanSharp.Cli.Images;
using KanSharp.Cli.Runs;
using KanSharp.Plotting;

namespace KanSharp.Cli.Models;

/// <summary>Draws the loss history of a run from its metrics.jsonl.</summary>
internal static class LossPlot
{
    private static readonly string[] Known = ["epoch", "training_loss", "penalty", "validation_loss", "learning_rate", "seconds"];

    /// <summary>The history of a run on a table or on images.</summary>
    public static Scene Draw(string run)
    {
        if (ImageRun.Exists(run))
            return Draw(ImageRun.Open(run).File("metrics.jsonl"), null);
        RunFolder folder = RunFolder.Open(run);
        return Draw(folder.MetricsFile, folder.Load().Result?.BestEpoch is > 0 and int best ? best : null);
    }

    private static Scene Draw(string file, int? bestEpoch)
    {
        if (!File.Exists(file))
            throw new UserErrorException($"{file}: there is no such file; the run ended before its first epoch");
        var training = new List<double>();
        var validation = new List<double>();
        var metric = new List<double>();
        string metricName = "";
        int line = 0;
        foreach (string text in File.ReadLines(file))
        {
            line++;
            try
            {
                using JsonDocument document = JsonDocument.Parse(text);
                JsonElement epoch = document.RootElement;
                training.Add(Number(epoch.GetProperty("training_loss")));
                validation.Add(Number(epoch.GetProperty("validation_loss")));
                foreach (JsonProperty property in epoch.EnumerateObject())
                {
                    if (Known.Contains(property.Name))
                        continue;
                    metricName = property.Name;
                    metric.Add(Number(property.Value));
                }
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                throw new UserErrorException($"{file}: row {line} is damaged: {error.Message}");
            }
        }

        if (training.Count == 0)
            throw new UserErrorException($"{file}: no epoch is complete yet");
        return new LossChart
        {
            Training = training,
            Validation = validation.Any(double.IsFinite) ? validation : [],
            Metric = metric,
            MetricName = metricName,
            BestEpoch = bestEpoch,
        }.Draw();
    }

    private static double Number(JsonElement element) => element.ValueKind == JsonValueKind.Null ? double.NaN : element.GetDouble();
}
