using System.Diagnostics;
using System.Numerics;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>
/// Trains several networks for a short time and the best of them to the end. Small deep KANs have local minima that no descent leaves; from some starts
/// the way is free, and a few epochs on coarse grids tell which.
/// </summary>
public static class MultiStart
{
    /// <summary>
    /// Trains. Starts run side by side on the executor's threads, each with the optimiser, data and penalties of <paramref name="options"/>; the result does not
    /// depend on the number of threads.
    /// </summary>
    /// <param name="create">
    /// Makes the network of a seed; called from several threads. With a <see cref="GridSchedule"/> the network is put on the grid of its first stage.
    /// </param>
    /// <param name="data">Training samples; with validation samples these choose.</param>
    /// <param name="options">
    /// How to train. The starts use the first grid of its schedule, the survivors also the second, the winner the rest; if the second grid is no better, the best start
    /// begins the schedule anew. A time limit is for all of it: the starts take a third of it at the most, the survivors another.
    /// </param>
    /// <param name="starts">How many; the defaults if null.</param>
    /// <param name="progress">Receives reports of the winner's training.</param>
    /// <param name="hooks">
    /// Penalty for all; metrics, checkpoints and resumption for the winner's training; none if null. A resumed run goes on with the winner, whose seed is then not known and
    /// no start is trained again.
    /// </param>
    /// <param name="cancellation">Stops; the result is then the best so far.</param>
    /// <exception cref="ArgumentException">Data, options and network do not fit together.</exception>
    public static MultiStartResult<T> Fit<T>(
        Func<ulong, KanNetwork<T>> create,
        TrainingData<T> data,
        FitOptions options,
        MultiStartOptions? starts = null,
        IProgress<TrainingProgress>? progress = null,
        FitHooks<T>? hooks = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        starts ??= new MultiStartOptions();
        Executor executor = options.Executor ?? Executor.Default;
        FitHooks<T>? silent = hooks is null ? null : hooks with { Checkpoints = null, Resume = null, Metrics = [], EpochCompleted = null };
        GridSchedule? schedule = options.GridSchedule;
        bool twice = schedule is { Intervals.Count: > 1 } && starts is { Survivors: > 1, Starts: > 1 };
        FitOptions rest = twice ? options with { GridSchedule = schedule!.From(1) } : options;
        if (hooks?.Resume is { } checkpoint)
            return new MultiStartResult<T>(Trainer.Fit(create(starts.Seed), data, Began(checkpoint, data, options) ? options : rest, progress, hooks, cancellation), starts.Seed, []);
        var watch = Stopwatch.StartNew();
        var first = new Heat<T>(
            starts.Starts, number => Place(create(starts.Seed + (ulong)number), schedule?.Intervals[0], data, schedule), data, () => Brief(1.0 / 3), silent, cancellation);
        executor.Run(first, starts.Starts);
        int[] order = first.Order();
        if (!twice)
            return Result(first.Networks[order[0]], order[0], options);
        int survivors = Math.Min(starts.Survivors, starts.Starts);
        var second = new Heat<T>(
            survivors, number => Place(first.Networks[order[number]], schedule!.Intervals[1], data, schedule), data, () => Brief(2.0 / 3), silent, cancellation);
        executor.Run(second, survivors);
        int winner = second.Order()[0];

        // a second grid that is no better must not put the first one's network out of the schedule's reach
        return second.Score(winner) < first.Score(order[0])
            ? Result(second.Networks[winner], order[winner], rest)
            : Result(first.Networks[order[0]], order[0], options);

        FitOptions Within(double share, FitOptions full) =>
            full.TimeLimit is { } limit ? full with { TimeLimit = Later(share * limit - watch.Elapsed) } : full;
        FitOptions Brief(double share) => Within(share, options) with { Epochs = starts.Epochs, GridSchedule = null };
        MultiStartResult<T> Result(KanNetwork<T> network, int start, FitOptions how) =>
            new(Trainer.Fit(network, data, Within(1, how), progress, hooks, cancellation), starts.Seed + (ulong)start, first.Losses);
    }

    /// <summary>Whether a checkpoint is from a run over the whole schedule rather than the rest of it.</summary>
    private static bool Began<T>(TrainingCheckpoint<T> checkpoint, TrainingData<T> data, FitOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const string Setting = "grid_schedule";
        string whole = FitChecks.Settings(data, options, FitChecks.LossFor(data, options))[Setting];
        return checkpoint.Settings.GetValueOrDefault(Setting, "").StartsWith(whole, StringComparison.Ordinal);
    }

    private static TimeSpan Later(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private static KanNetwork<T> Place<T>(KanNetwork<T>? network, int? intervals, TrainingData<T> data, GridSchedule? schedule)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (network is null)
            throw new InvalidOperationException("The function that makes networks returned null.");
        return intervals is not { } count || network.Layers.All(layer => layer.Options.Spline.Intervals == count)
            ? network
            : network.Refine(count, data.Inputs, schedule!.Refine).Network;
    }

    /// <summary>Networks that are trained side by side.</summary>
    private sealed class Heat<T>(
        int count, Func<int, KanNetwork<T>> create, TrainingData<T> data, Func<FitOptions> options, FitHooks<T>? hooks, CancellationToken cancellation) : ParallelWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public KanNetwork<T>[] Networks { get; } = new KanNetwork<T>[count];

        public double[] Losses { get; } = [.. Enumerable.Repeat(double.PositiveInfinity, count)];

        public override void Execute(int piece)
        {
            KanNetwork<T> network = create(piece);
            Networks[piece] = network;
            if (cancellation.IsCancellationRequested && piece > 0)
                return;
            FitResult<T> result = Trainer.Fit(network, data, options(), null, hooks, cancellation);
            if (result.Reason != StopReason.Diverged && double.IsFinite(result.BestLoss))
                Losses[piece] = result.BestLoss;
        }

        /// <summary>What a network is compared by with those on another grid.</summary>
        public double Score(int number) => GridScore.Of(Losses[number], Networks[number], data);

        /// <summary>Numbers of the networks, the lowest loss first, the first of equals before the others.</summary>
        public int[] Order() => [.. Enumerable.Range(0, Losses.Length).OrderBy(number => Losses[number])];
    }
}
