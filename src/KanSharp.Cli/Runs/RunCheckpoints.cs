using System.Diagnostics;
using System.Numerics;
using KanSharp.Interchange;
using KanSharp.Training;

namespace KanSharp.Cli.Runs;

/// <summary>
/// Keeps the state of a run: every epoch goes to the metrics, the checkpoint to the disk at most every two seconds and when the run ends,
/// because short epochs would otherwise wait for the disk.
/// </summary>
internal sealed class RunCheckpoints<T>(CheckpointFile<T> file, MetricsLog log) : ICheckpointStore<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private bool _pending;

    /// <summary>The last state; null before the first.</summary>
    public TrainingCheckpoint<T>? Latest { get; private set; }

    public void Save(TrainingCheckpoint<T> checkpoint)
    {
        Latest = checkpoint;
        _pending = true;
        log.Append(checkpoint.History);
        if (_watch.Elapsed >= Interval)
            Flush();
    }

    public TrainingCheckpoint<T>? Load() => Latest ?? file.Load();

    /// <summary>Writes what is not yet on the disk.</summary>
    public void Close()
    {
        Flush();
        log.Dispose();
    }

    private void Flush()
    {
        if (!_pending)
            return;
        file.Save(Latest!);
        _pending = false;
        _watch.Restart();
    }
}
