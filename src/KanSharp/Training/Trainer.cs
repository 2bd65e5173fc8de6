using System.Numerics;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training.Kaczmarz;

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

    /// <summary>
    /// Trains a network in place with <see cref="NewtonKaczmarz"/> on records that need not fit into memory: they are read again in every epoch, and a window of
    /// at least 65,536 records (a whole number of rounds) is held at a time. With <see cref="FitOptions.Shuffle"/> records are shuffled within a window: a source that
    /// is sorted should be shuffled beforehand. Without it the result is, bit for bit, that of the same records in memory if the source knows their number.
    /// </summary>
    /// <param name="network">The network; when the method returns it is the best that was seen, whatever ended the training.</param>
    /// <param name="records">Records to train on.</param>
    /// <param name="options">How to train; <see cref="FitOptions.Optimizer"/> must be <see cref="NewtonKaczmarz"/>.</param>
    /// <param name="validation">Samples in memory to choose the best epoch by; the training loss if null.</param>
    /// <param name="progress">Receives reports, on the training thread.</param>
    /// <param name="cancellation">Stops training before the next round; the result is then the best so far, no exception.</param>
    /// <exception cref="ArgumentException">Records, options and network do not fit together.</exception>
    /// <exception cref="InvalidDataException">A pass gave another number of records than the one before.</exception>
    public static FitResult<T> Fit<T>(
        KanNetwork<T> network,
        IRecordSource<T> records,
        FitOptions options,
        TrainingData<T>? validation = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Optimizer is not NewtonKaczmarz rows)
            throw new ArgumentException($"Optimiser '{options.Optimizer.Name}' can not train on a stream of records; NewtonKaczmarz can. Read the records into a TrainingData for the others.", nameof(options));
        return new StreamRun<T>(rows.Bind(network, options.Executor), records, validation, options, progress, cancellation).Run();
    }
}
