using System.Text.Json;
using KanSharp.Cli.Runs;
using KanSharp.Plotting;

namespace KanSharp.Cli.Models;

/// <summary>Draws the loss history of a run from its metrics.jsonl.</summary>
internal static class LossPlot
{
    private static readonly string[] Known = ["epoch", "training_loss", "penalty", "validation_loss", "learning_rate", "seconds"];

    public static Scene Draw(RunFolder folder)
    {
        if (!File.Exists(folder.MetricsFile))
            throw new UserErrorException($"{folder.MetricsFile}: there is no such file; the run ended before its first epoch");
        var training = new List<double>();
        var validation = new List<double>();
        var metric = new List<double>();
        string metricName = "";
        int line = 0;
        foreach (string text in File.ReadLines(folder.MetricsFile))
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
                throw new UserErrorException($"{folder.MetricsFile}: row {line} is damaged: {error.Message}");
            }
        }

        if (training.Count == 0)
            throw new UserErrorException($"{folder.MetricsFile}: no epoch is complete yet");
        return new LossChart
        {
            Training = training,
            Validation = validation.Any(double.IsFinite) ? validation : [],
            Metric = metric,
            MetricName = metricName,
            BestEpoch = folder.Load().Result?.BestEpoch is > 0 and int best ? best : null,
        }.Draw();
    }

    private static double Number(JsonElement element) => element.ValueKind == JsonValueKind.Null ? double.NaN : element.GetDouble();
}
