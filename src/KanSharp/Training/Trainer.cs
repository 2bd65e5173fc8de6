using System.Numerics;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Training;

/// <summary>The one training loop.</summary>
public static class Trainer
{
    /// <summary>
    /// Trains a module in place: its parameters change, and when the method returns they are the best that were seen (lowest validation loss; lowest
    /// training loss with penalty where there is no validation set), whatever ended the training. With <see cref="FitOptions.GridSchedule"/> the module stays as it
    /// is, and the result has a new network.
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
        options ??= new FitOptions();
        hooks ??= new FitHooks<T>();
        if (options.GridSchedule is null)
            return new TrainingRun<T>(module, data, options, hooks, progress, cancellation).Run();
        return module is KanNetwork<T> network
            ? new StagedRun<T>(network, data, options, hooks, progress, cancellation).Run()
            : throw new ArgumentException($"A {nameof(FitOptions.GridSchedule)} refines the grids of a {nameof(KanNetwork<T>)}; the module is a {module.GetType().Name}. Refine it yourself between runs, or train without a schedule.", nameof(options));
    }
}
