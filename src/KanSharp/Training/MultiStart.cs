using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>
/// Trains several networks for a short time and the best of them to the end. Small deep KANs have local minima that no descent leaves; from some starts
/// the way is free, and a few epochs on a coarse grid tell which.
/// </summary>
public static class MultiStart
{
    /// <summary>
    /// Trains. Starts run side by side on the executor's threads, each with the optimiser and data of <paramref name="options"/>; the result does not depend
    /// on the number of threads.
    /// </summary>
    /// <param name="create">Makes the network of a seed; with a <see cref="GridSchedule"/> best on the grid of its first stage, or a coarser one.</param>
    /// <param name="data">Training samples; with validation samples these choose.</param>
    /// <param name="options">How to train; the schedule of grids applies to the chosen network alone. A time limit is for each start and for the rest.</param>
    /// <param name="starts">How many; the defaults if null.</param>
    /// <param name="progress">Receives reports of the training to the end.</param>
    /// <param name="cancellation">Stops; the result is then the best so far.</param>
    /// <exception cref="ArgumentException">Data, options and network do not fit together.</exception>
    public static MultiStartResult<T> Fit<T>(
        Func<ulong, Module<T>> create,
        TrainingData<T> data,
        FitOptions options,
        MultiStartOptions? starts = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        starts ??= new MultiStartOptions();
        var work = new Work<T>(create, data, options with { Epochs = starts.Epochs, GridSchedule = null }, starts, cancellation);
        (options.Executor ?? Executor.Default).Run(work, starts.Starts);
        int best = work.Best();
        FitResult<T> fit = Trainer.Fit(work.Modules[best]!, data, options, progress, null, cancellation);
        return new MultiStartResult<T>(fit, starts.Seed + (ulong)best, work.Losses);
    }

    private sealed class Work<T>(
        Func<ulong, Module<T>> create, TrainingData<T> data, FitOptions options, MultiStartOptions starts, CancellationToken cancellation) : ParallelWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Module<T>?[] Modules { get; } = new Module<T>?[starts.Starts];

        public double[] Losses { get; } = [.. Enumerable.Repeat(double.PositiveInfinity, starts.Starts)];

        public override void Execute(int piece)
        {
            if (cancellation.IsCancellationRequested && piece > 0)
                return;
            Module<T> module = create(starts.Seed + (ulong)piece) ?? throw new InvalidOperationException("The function that makes networks returned null.");
            FitResult<T> result = Trainer.Fit(module, data, options, null, null, cancellation);
            Modules[piece] = result.Module;
            if (result.Reason != StopReason.Diverged && double.IsFinite(result.BestLoss))
                Losses[piece] = result.BestLoss;
        }

        /// <summary>The start with the lowest loss, the first of equals.</summary>
        public int Best()
        {
            int best = 0;
            for (int start = 1; start < Losses.Length; start++)
            {
                if (Losses[start] < Losses[best])
                    best = start;
            }

            return best;
        }
    }
}
