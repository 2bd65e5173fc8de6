using System.Diagnostics;

namespace KanSharp.Training;

/// <summary>Measures time and passes progress on, not more often than asked for.</summary>
internal sealed class ProgressReporter(IProgress<TrainingProgress>? progress, FitOptions options)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _last = TimeSpan.MinValue;
    private double _before;
    private long _firstStep;

    /// <summary>Seconds of training, those before a resumption included.</summary>
    public double Seconds => _before + _watch.Elapsed.TotalSeconds;

    public bool LimitReached => options.TimeLimit is { } limit && Seconds >= limit.TotalSeconds;

    /// <summary>Goes on from an earlier run.</summary>
    public void Resume(double seconds, long step)
    {
        _before = seconds;
        _firstStep = step;
    }

    /// <summary>Whether a report within an epoch is due.</summary>
    public bool IsDue => progress is not null && (_last == TimeSpan.MinValue || _watch.Elapsed - _last >= options.ProgressInterval);

    /// <summary>Sends a report, completed with times.</summary>
    public void Send(TrainingProgress report, long samples)
    {
        if (progress is null)
            return;
        _last = _watch.Elapsed;
        double seconds = Seconds;
        TimeSpan? remaining = null;
        if (report.Step > _firstStep)
        {
            double left = _last.TotalSeconds / (report.Step - _firstStep) * (report.Steps - report.Step);
            if (options.TimeLimit is { } limit)
                left = Math.Min(left, Math.Max(0, limit.TotalSeconds - seconds));
            remaining = TimeSpan.FromSeconds(Math.Min(left, 1e9));
        }

        progress.Report(report with
        {
            Elapsed = TimeSpan.FromSeconds(seconds),
            SamplesPerSecond = seconds > 0 ? samples / seconds : 0,
            Remaining = remaining,
        });
    }
}
