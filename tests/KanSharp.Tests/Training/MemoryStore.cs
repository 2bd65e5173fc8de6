using System.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

internal sealed class MemoryStore<T> : ICheckpointStore<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private TrainingCheckpoint<T>? _last;

    public int Saves { get; private set; }

    public void Save(TrainingCheckpoint<T> checkpoint)
    {
        _last = checkpoint;
        Saves++;
    }

    public TrainingCheckpoint<T>? Load() => _last;
}
