using System.Diagnostics;
using System.Globalization;
using KanSharp.Training;

namespace KanSharp.Cli.Output;

/// <summary>Progress as plain lines, at most one a second; for logs.</summary>
internal sealed class ProgressLines(TextWriter writer, string metric) : IProgress<TrainingProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = Interval;

    public void Report(TrainingProgress value)
    {
        bool last = value.Step >= value.Steps;
        if (_watch.Elapsed < _next && !last)
            return;
        _next = _watch.Elapsed + Interval;
        writer.WriteLine(Line(value));
    }

    public string Line(TrainingProgress value)
    {
        string left = value.Remaining is { } time && value.Step < value.Steps ? $", {Show.Time(time.TotalSeconds)} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"epoch {value.Epoch}/{value.Epochs}{(value.Intervals is { } intervals ? $", grid {intervals}" : "")}: {Losses(value, metric)}, {Show.Count((long)value.SamplesPerSecond)} samples/s{left}");
    }

    /// <summary>Loss, validation loss and metric.</summary>
    public static string Losses(TrainingProgress value, string metric, bool compact = false)
    {
        string comma = compact ? "" : ",";
        string validation = value.ValidationLoss is double loss ? $"{comma} {(compact ? "val" : "validation")} {Show.Value(loss)}" : "";
        string measure = value.Metrics.Count > 0 ? $"{comma} {metric} {Show.Value(value.Metrics[0])}" : "";
        return $"loss {Show.Value(value.Loss)}{validation}{measure}";
    }
}
