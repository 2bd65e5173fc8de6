using System.Numerics;

namespace KanSharp.Training;

/// <summary>Saves the checkpoints of a stage together with what is known of the stages before it.</summary>
internal sealed class StagedStore<T>(ICheckpointStore<T> store, StagedState<T> state) : ICheckpointStore<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Save(TrainingCheckpoint<T> checkpoint) => store.Save(state.Capture(checkpoint));

    public TrainingCheckpoint<T>? Load() => store.Load();
}
