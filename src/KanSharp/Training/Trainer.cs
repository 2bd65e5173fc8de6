using System.Numerics;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>The one training loop.</summary>
public static class Trainer
{
    /// <summary>
    /// Trains a module in place: its parameters change, and when the method returns they are the best that were seen (lowest validation loss; lowest
    /// training loss with penalty where there is no validation set), whatever ended the training.
    /// </summary>
    /// <param name="module">The module; frozen parameters stay as they are.</param>
    /// <param name="data">Training samples, with validation samples if wanted.</param>
    /// <param name="options">How to train; the defaults if null.</param>
    /// <param name="progress">Receives reports, on the training thread.</param>
    /// <param name="hooks">Penalty, metrics, checkpoints, resumption; none if null.</param>
    /// <param name="cancellation">Stops training before the next batch; the result is then the best so far, no exception.</param>
    /// <exception cref="ArgumentException">Data, options and module do not fit together.</exception>
    public static FitResult<T> Fit<T>(
        Module<T> module,
        TrainingData<T> data,
        FitOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        FitHooks<T>? hooks = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(data);
        return new TrainingRun<T>(module, data, options ?? new FitOptions(), hooks ?? new FitHooks<T>(), progress, cancellation).Run();
    }
}
