using System.Numerics;

namespace KanSharp.Training;

/// <summary>Keeps the state of a training run, for example in a file. The last one saved is the one to keep.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface ICheckpointStore<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Replaces what was saved before; an interruption must leave either the old or the new state.</summary>
    void Save(TrainingCheckpoint<T> checkpoint);

    /// <summary>What was saved last; null if nothing was.</summary>
    TrainingCheckpoint<T>? Load();
}
