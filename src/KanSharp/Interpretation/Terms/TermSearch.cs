namespace KanSharp.Interpretation.Terms;

/// <summary>Scratch entry.</summary>
internal static class TermSearch
{
    public sealed record Found(TermModel Model, double Rmse, double Key);

    public static List<Found> Run(Rows all, SearchEffort effort, ulong seed, Executor executor, Action<string>? log, CancellationToken cancellation)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Smoother smoother = Smoother.Fit(all, executor, cancellation);
        double variance = Smoother.Variance(all.Target);
        log?.Invoke($"smoother {(smoother.Values is null ? "raw" : "smooth")} noise {smoother.Noise / Math.Sqrt(variance):g3} {watch.Elapsed.TotalSeconds:f2}");
        int[] order = Shuffle(all.Count, seed);
        int[] few = order[..Math.Min(effort.Rows, all.Count)];
        Rows screen = (smoother.Values is { } smooth ? all.WithTarget(smooth) : all).Select(few);
        double floor = smoother.Values is null ? 1e-12 : 0.1 * smoother.Noise * smoother.Noise / variance;
        var monomials = Monomial.Enumerate(all.Variables, 9, effort.Monomials, (v, p) => p > 0 && p == Math.Round(p) || all.Columns[v].All(x => x > 0) || p == Math.Round(p) && all.Columns[v].All(x => x != 0));
        var library = FactorLibrary.Create(screen, monomials, effort.Factors);
        TermBank bank = TermBank.Create(screen, monomials, library, effort.Terms, cancellation);
        log?.Invoke($"bank {monomials.Count} monomials to {monomials[^1].Cost}, {library.Factors.Count} factors to {library.Factors[^1].Cost}, {bank.Count} terms to {bank.Costs[^1]}, pair cost {bank.Costs[Math.Min(bank.Count, effort.Pairs) - 1]} triple {bank.Costs[Math.Min(bank.Count, effort.Triples) - 1]}: {watch.Elapsed.TotalSeconds:f2}");
        var models = new List<TermModel>(new ProductSearch(screen, library, bank, effort, floor, executor).Run(cancellation));
        log?.Invoke($"products {models.Count} {watch.Elapsed.TotalSeconds:f2}");
        List<Found> found = Rank(models, all, order, variance, cancellation);
        log?.Invoke($"ranked {watch.Elapsed.TotalSeconds:f2}");
        if (found.Count > 0 && found[0].Rmse < 1e-10 * Math.Sqrt(variance))
            return found;
        models.Clear();
        var work = new TransformWork(bank, effort, variance, floor, executor, cancellation,
            [.. OuterTransform.All.Select(transform => SearchTarget.Create(transform, null, screen)).OfType<SearchTarget>()]);
        executor.Run(work, work.Targets.Length);
        foreach (List<TermModel>? list in work.Results)
            models.AddRange(list!);
        log?.Invoke($"sums {models.Count} from {work.Targets.Length} transforms {watch.Elapsed.TotalSeconds:f2}");
        found.AddRange(Rank(models, all, order, variance, cancellation));
        log?.Invoke($"ranked {watch.Elapsed.TotalSeconds:f2}");
        return [.. found.OrderBy(entry => entry.Key)];
    }

    private static List<Found> Rank(List<TermModel> models, Rows all, int[] order, double variance, CancellationToken cancellation)
    {
        Rows middle = all.Select(order[..Math.Min(600, all.Count)]);
        double tiny = 1e-24 * variance;
        int total = all.Count;
        double Key(double rmse, double cost) => 0.5 * total * Math.Log((rmse * rmse + tiny) / variance) + 3 * cost;
        var stage = new TopList<TermModel>(250);
        foreach (TermModel model in models)
        {
            if (cancellation.IsCancellationRequested)
                break;
            (double[] coefficients, double rmse) = new ModelFit(model, middle).Run(5);
            if (double.IsFinite(rmse))
                stage.Add(0.5 * 600 * Math.Log((rmse * rmse + tiny) / variance) + 1 * model.Cost, model.With(coefficients));
        }

        var found = new List<Found>();
        foreach ((_, TermModel model) in stage.Sorted().Take(80))
        {
            (double[] coefficients, double rmse) = new ModelFit(model, all).Run(8);
            if (double.IsFinite(rmse))
                found.Add(new Found(model.With(coefficients), rmse, Key(rmse, model.Cost)));
        }

        return [.. found.OrderBy(entry => entry.Key)];
    }

    private static int[] Shuffle(int count, ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        var random = new SplitRandom(seed);
        for (int i = count - 1; i > 0; i--)
        {
            int j = random.NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private sealed class TransformWork(TermBank bank, SearchEffort effort, double variance, double floor, Executor executor, CancellationToken cancellation, SearchTarget[] targets) : ParallelWork
    {
        public SearchTarget[] Targets { get; } = targets;

        public List<TermModel>?[] Results { get; } = new List<TermModel>?[targets.Length];

        public override void Execute(int piece) =>
            Results[piece] = [.. new AdditiveSearch(bank, Targets[piece], effort, variance, floor, executor).Run(cancellation)];
    }
}
