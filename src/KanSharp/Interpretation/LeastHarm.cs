using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>
/// Removes, step by step, the edge or hidden node whose absence raises the error least. Candidates are those of lowest attribution; each is tried with its mean kept as
/// a bias. The judge is the validation data, which no parameter is ever fitted to; without it, the training data.
/// </summary>
public static class LeastHarm
{
    /// <summary>Reduces a network.</summary>
    /// <param name="network">The network; unchanged.</param>
    /// <param name="data">Training samples for scores, means and refits; its validation samples judge.</param>
    /// <param name="options">When to stop; the defaults if null.</param>
    /// <param name="cancellation">Stops; the result is then the network so far.</param>
    /// <exception cref="ArgumentException">Data and network do not fit together, or no path of edges leads through the network.</exception>
    public static LeastHarmResult<T> Reduce<T>(
        KanNetwork<T> network, TrainingData<T> data, LeastHarmOptions? options = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new LeastHarmOptions();
        TrainingData<T> judge = data.Validation ?? data, train = Samples.WithoutValidation(data);
        var steps = new List<LeastHarmStep>();
        EdgeGraph live = EdgeGraph.Of(network);
        live.Close();
        if (!live.Edges().Any())
            throw new ArgumentException("No path of edges leads from an input of the network to an output; there is nothing to reduce.", nameof(network));
        KanNetwork<T> current = EdgeRemoval.Apply(network, live, data.Inputs);
        double before = NamedErrors.Error(network, judge, options.Loss), error = before, best = before;
        while (!cancellation.IsCancellationRequested)
        {
            EdgeAddress[] edges = [.. live.Edges()];
            if (edges.Length <= (options.KeepEdges ?? 1) || Best(current, live, judge, data.Inputs, options) is not { } choice)
                break;
            KanNetwork<T> smaller = choice.Network;
            double after = choice.Error;
            if (options.Refit is { } refit)
            {
                smaller = (KanNetwork<T>)Trainer.Fit(smaller, train, refit, null, null, cancellation).Module;
                after = NamedErrors.Error(smaller, judge, options.Loss);
            }

            bool accepted = options.KeepEdges is not null || after <= Math.Max(best * (1 + options.Tolerance), options.GoodEnough);
            steps.Add(new LeastHarmStep([.. edges.Where(edge => !choice.Live[edge])], choice.Live.Edges().Count(), choice.Error, after, accepted));
            if (!accepted)
                break;
            (current, live, error) = (smaller, choice.Live, after);
            best = Math.Min(best, after);
        }

        List<string> notes = [];
        KanNetwork<T> shrunk = DanglingNodes.Remove(current, out _, notes);
        return new LeastHarmResult<T>(shrunk, error, before, steps, notes);
    }

    /// <summary>The removal of least harm among the shortlist; null if each would cut the last path.</summary>
    private static (KanNetwork<T> Network, EdgeGraph Live, double Error)? Best<T>(
        KanNetwork<T> network, EdgeGraph live, TrainingData<T> judge, Tensor<T> inputs, LeastHarmOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        AttributionResult scores = Attribution.Compute(network, inputs);
        EdgeAddress[] edges = [.. live.Edges()];
        var candidates = new List<EdgeGraph>();
        foreach (EdgeAddress edge in edges.OrderBy(edge => scores[edge]).Take(options.Shortlist))
        {
            EdgeGraph without = live.Copy();
            without[edge] = false;
            candidates.Add(without);
        }

        IEnumerable<NodeAddress> nodes = options.WholeNodes
            ? edges.Where(edge => edge.Layer > 0).Select(EdgeGraph.Source).Distinct().OrderBy(node => scores[node]).Take(options.Shortlist)
            : [];
        foreach (NodeAddress node in nodes)
        {
            EdgeGraph without = live.Copy();
            without.Isolate(node);
            candidates.Add(without);
        }

        (KanNetwork<T> Network, EdgeGraph Live, double Error)? best = null;
        foreach (EdgeGraph candidate in candidates)
        {
            candidate.Close();
            int left = candidate.Edges().Count();
            if (left == 0 || left < options.KeepEdges)
                continue;
            KanNetwork<T> smaller = EdgeRemoval.Apply(network, candidate, inputs);
            double error = NamedErrors.Error(smaller, judge, options.Loss);
            if (double.IsFinite(error) && (best is null || error < best.Value.Error))
                best = (smaller, candidate, error);
        }

        return best;
    }
}
