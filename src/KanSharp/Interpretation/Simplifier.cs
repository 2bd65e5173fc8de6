using System.Numerics;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>Makes a network small in rounds of training with a penalty, pruning, and training without (pykan: <c>runner1</c>).</summary>
public static class Simplifier
{
    /// <summary>Simplifies a copy of a network.</summary>
    /// <param name="network">The network, fresh or trained; unchanged.</param>
    /// <param name="data">Training samples; validation samples judge rounds, and no parameter is fitted to them. Without them the training samples judge.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <param name="progress">Receives the reports of all training.</param>
    /// <param name="cancellation">Stops; the result is then that of the rounds so far.</param>
    /// <exception cref="ArgumentException">Data, options and network do not fit together.</exception>
    public static SimplifyResult<T> Run<T>(
        KanNetwork<T> network,
        TrainingData<T> data,
        SimplifyOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new SimplifyOptions();
        if (options.Prune.DryRun)
            throw new ArgumentException("Prune.DryRun is set; rounds of dry runs would change nothing. Use Pruner.Prune for a report alone.", nameof(options));
        TrainingData<T> judge = data.Validation ?? data, train = Samples.WithoutValidation(data);
        KanNetwork<T> current = network.Clone();
        double before = NamedErrors.Error(network, judge, options.Refit.Loss), error = before, best = before;
        var rounds = new List<SimplifyRound<T>>();
        while (rounds.Count < options.Rounds && !cancellation.IsCancellationRequested)
        {
            SparsificationOptions? sparse = options.Sparsification;
            SparsificationResult<T>? sparsified = sparse is null ? null
                : Sparsifier.Fit(current, train, rounds.Count == 0 ? sparse : sparse with { WarmUpEpochs = 0 }, progress, cancellation);
            (KanNetwork<T> pruned, PruneReport report) = Pruner.Prune(sparsified?.Network ?? current, data.Inputs, options.Prune);
            FitResult<T> refit = Trainer.Fit(pruned, train, options.Refit, progress, null, cancellation);
            var after = (KanNetwork<T>)refit.Module;
            double reached = NamedErrors.Error(after, judge, options.Refit.Loss);
            bool accepted = reached <= Math.Max(best * (1 + options.Tolerance), options.GoodEnough);
            rounds.Add(new SimplifyRound<T>(after, sparsified, report, refit, reached, accepted));
            if (!accepted)
                break;
            (current, error) = (after, reached);
            best = Math.Min(best, reached);
            if (report.RemovedEdges.Count + report.RemovedInputs.Count == 0)
                break;
        }

        return new SimplifyResult<T>(current, error, before, rounds);
    }
}
