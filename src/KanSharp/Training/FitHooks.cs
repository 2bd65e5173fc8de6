using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>What a training run calls or goes on from; everything is optional.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed record FitHooks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Something to add to the loss of every batch, from input and output of the module (its tape is <see cref="Var{T}.Tape"/>): a scalar, a mean
    /// over the batch like the loss itself.
    /// </summary>
    public Func<Var<T>, Var<T>, Var<T>>? Penalty { get; init; }

    /// <summary>
    /// Told of every KAN layer in the forward passes of training, before <see cref="Penalty"/> is asked: with an
    /// <see cref="ActivationRecorder{T}"/> here, the penalty can be about hidden activations.
    /// </summary>
    public ITapeObserver<T>? Observer { get; init; }

    /// <summary>Metrics to compute after every epoch.</summary>
    public IReadOnlyList<Metric<T>> Metrics { get; init; } = [];

    /// <summary>
    /// Chooses the best epoch, the one with the lowest value, in place of the validation loss (the training loss without validation samples); counts for
    /// <see cref="FitOptions.EarlyStopping"/>, too. Among equals the lower loss wins. For classes 1 − accuracy. Default null.
    /// </summary>
    public Metric<T>? Selection { get; init; }

    /// <summary>
    /// Called on the training thread after every completed epoch with its record and the module, which holds the parameters that training has reached (not an average
    /// of them, and not the best). With a <see cref="GridSchedule"/> epochs are counted through all stages, and the module is the network of the stage. Must not change the module. Default null.
    /// </summary>
    public Action<EpochRecord, Module<T>>? EpochCompleted { get; init; }

    /// <summary>Where the state is saved, every <see cref="FitOptions.CheckpointEvery"/> epochs and when training ends.</summary>
    public ICheckpointStore<T>? Checkpoints { get; init; }

    /// <summary>
    /// A state to go on from. Module, data and options must be those of the interrupted run; then the result is the same, bit for bit, as without
    /// interruption. Options that differ are refused, with the exception of when to stop (epochs, early stopping, target, time limit), executor and
    /// reports; of the data only the counts are compared. A run that had converged or stopped early ends at once with the same result, unless early
    /// stopping or target now allow more. More <see cref="FitOptions.Epochs"/> may be asked for: that is, bit for bit, the longer run from the start if the schedule
    /// does not look at the total number of steps (constant, step, exponential, warm-up before one of them). Cosine and one-cycle schedules do;
    /// with them the remaining epochs follow the curve of the new total.
    /// </summary>
    public TrainingCheckpoint<T>? Resume { get; init; }
}
