using System.Diagnostics;
using KanSharp.Training;

namespace KanSharp.Equations.Solving;

/// <summary>Time and interruption of a solve.</summary>
internal sealed class SolveClock(TimeSpan? limit, CancellationToken cancellation)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public TimeSpan Elapsed => _watch.Elapsed;

    public double Seconds => _watch.Elapsed.TotalSeconds;

    /// <summary>Why the work should stop; null to go on.</summary>
    public StopReason? Interruption =>
        cancellation.IsCancellationRequested ? StopReason.Cancelled : limit is { } time && _watch.Elapsed >= time ? StopReason.TimeLimit : null;

    /// <summary>Throws if the work should stop.</summary>
    public void Check()
    {
        if (Interruption is not null)
            throw new OperationCanceledException();
    }
}
