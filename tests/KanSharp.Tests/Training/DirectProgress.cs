using KanSharp.Training;

namespace KanSharp.Tests.Training;

/// <summary>Calls back on the training thread.</summary>
internal sealed class DirectProgress(Action<TrainingProgress> action) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => action(value);
}
