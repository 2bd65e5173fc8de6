using System.Diagnostics;

namespace KanSharp.Interpretation.Terms;

/// <summary>One search over one table: bank, products, sums, ranking.</summary>
internal sealed class TermRun
{
    private readonly Rows _all;
    private readonly SearchEffort _effort;
    private readonly Executor _executor;
    private readonly Action<string>? _report;
    private readonly CancellationToken _cancellation;
    private readonly Smoother _smoother;
    private readonly int[] _order;

    public TermRun(Rows all, SearchEffort effort, ulong seed, Executor executor, Action<string>? report, CancellationToken cancellation)
    {
        _all = all;
        _effort = effort;
        _executor = executor;
        _report = report;
        _cancellation = cancellation;
        _order = Shuffled(all.Count, seed);
        _smoother = Smoother.Fit(all, executor, cancellation);
        Ranking = new TermRanking(all, _order);
    }

    public TermRanking Ranking { get; }

    /// <summary>The noise is known from a polynomial and the best candidate reaches it without leaving structure, or there is no error at all.</summary>
    public bool IsSettled
    {
        get
        {
            if (Ranking.Ranked.Count == 0)
                return false;
            RankedModel best = Ranking.Ranked[0];
            if (best.Rmse < 1e-10 * Math.Sqrt(Ranking.Variance))
                return true;
            if (_smoother.Values is null || best.Rmse > 1.03 * _smoother.Noise)
                return false;
            double[] residual = new ModelFit(best.Model, _all).Predict(best.Model.Coefficients);
            VectorMath.Subtract(_all.Target, residual, residual, SimdWidths.Best);
            return _smoother.Structure(residual, _executor) < 4;
        }
    }

    public void Run()
    {
        Pass(_smoother.Values is { } smooth ? _all.WithTarget(smooth) : _all);
        if (!IsSettled && _smoother.Values is not null)
            Pass(_all);
    }

    private void Pass(Rows rows)
    {
        var watch = Stopwatch.StartNew();
        Rows screen = rows.Select(_order[..Math.Min(_effort.Rows, _order.Length)]);
        bool smooth = !ReferenceEquals(rows, _all);
        double floor = smooth ? 0.1 * _smoother.Noise * _smoother.Noise / Ranking.Variance : 1e-12;
        List<Monomial> monomials = Monomial.Enumerate(rows.Variables, 9, _effort.Monomials, Allowed);
        FactorLibrary library = FactorLibrary.Create(screen, monomials, _effort.Factors);
        TermBank bank = TermBank.Create(screen, monomials, library, _effort.Terms, _cancellation);
        _report?.Invoke($"bank of {bank.Count} terms {watch.Elapsed.TotalSeconds:f2}");
        Ranking.Add([.. new ProductSearch(screen, library, bank, _effort, floor, _executor).Run(_cancellation)], _executor, _cancellation);
        _report?.Invoke($"products {watch.Elapsed.TotalSeconds:f2}");
        if (IsSettled || _cancellation.IsCancellationRequested)
            return;
        SearchTarget[] targets = [.. OuterTransform.All.Select(transform => SearchTarget.Create(transform, null, screen)).OfType<SearchTarget>()];
        var work = new SumWork(this, bank, targets, floor);
        _executor.Run(work, targets.Length);
        _report?.Invoke($"sums {watch.Elapsed.TotalSeconds:f2}");
        Ranking.Add([.. work.Results.SelectMany(models => models ?? [])], _executor, _cancellation);
        _report?.Invoke($"ranked {watch.Elapsed.TotalSeconds:f2}");
    }

    /// <summary>x^p is real and finite on all rows.</summary>
    private bool Allowed(int variable, double exponent)
    {
        double[] column = _all.Columns[variable];
        return exponent == Math.Round(exponent)
            ? exponent > 0 || Array.TrueForAll(column, value => value != 0)
            : Array.TrueForAll(column, value => value > 0 || (value == 0 && exponent > 0));
    }

    private static int[] Shuffled(int count, ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        SplitRandom random = new SplitRandom(seed).Split("rows");
        for (int i = count - 1; i > 0; i--)
        {
            int j = random.NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private sealed class SumWork(TermRun run, TermBank bank, SearchTarget[] targets, double floor) : ParallelWork
    {
        public List<TermModel>?[] Results { get; } = new List<TermModel>?[targets.Length];

        public override void Execute(int piece)
        {
            if (!run._cancellation.IsCancellationRequested)
                Results[piece] = [.. new AdditiveSearch(bank, targets[piece], run._effort, run.Ranking.Variance, floor, run._executor).Run(run._cancellation)];
        }
    }
}
