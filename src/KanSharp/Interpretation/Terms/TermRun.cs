using KanSharp.Numerics;

namespace KanSharp.Interpretation.Terms;

/// <summary>One search over one table: bank, products, sums, ranking.</summary>
internal sealed class TermRun
{
    /// <summary>A formula this simple need not be checked against sums once it reaches the noise.</summary>
    private const double SimpleCost = 7;

    private readonly Rows _all;
    private readonly SearchEffort _effort;
    private readonly Executor _executor;
    private readonly CancellationToken _cancellation;
    private readonly Smoother _smoother;
    private readonly int[] _order;
    private readonly IEnumerator<string> _steps;
    private List<Monomial> _monomials = [];
    private Rows? _screen;
    private TermBank? _bank;
    private double _floor;

    public TermRun(Rows all, SearchEffort effort, ulong seed, Executor executor, CancellationToken cancellation)
    {
        _all = all;
        _effort = effort;
        _executor = executor;
        _cancellation = cancellation;
        _order = Shuffled(all.Count, seed);
        _smoother = Smoother.Fit(all, executor, cancellation);
        Ranking = new TermRanking(all, _order);
        _steps = Steps().GetEnumerator();
    }

    public TermRanking Ranking { get; }

    /// <summary>Candidates whose inner constants are still those of a grid, best first; they are to be fitted as a whole.</summary>
    public List<TermModel> Scanned { get; } = [];

    public double Noise => _smoother.Noise;

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

    /// <summary>Does the next step; returns what was done, null at the end.</summary>
    public string? Step() => !_cancellation.IsCancellationRequested && _steps.MoveNext() ? _steps.Current : null;

    public static int[] Shuffled(int count, ulong seed)
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

    /// <summary>On the smoothed target where there is one, then, if that does not settle it, on the target itself.</summary>
    private IEnumerable<string> Steps()
    {
        if (_smoother.Values is { } smooth)
        {
            foreach (string step in Pass(_all.WithTarget(smooth), 0.1 * _smoother.Noise * _smoother.Noise / Ranking.Variance))
                yield return step;
        }

        if (!IsSettled)
        {
            foreach (string step in Pass(_all, 1e-12))
                yield return step;
        }

        if (!IsSettled && _bank is not null)
            yield return Scan();
    }

    /// <summary>Functions with constants inside that are not simple numbers.</summary>
    private string Scan()
    {
        FactorLibrary scan = FactorLibrary.CreateScan(_screen!, _monomials);
        TermBank bank = _bank!.WithScan(_screen!, _monomials, scan, _effort.Scanned);
        var models = new List<TermModel>(new ProductSearch(_screen!, scan, bank, _effort, _floor, _executor).Run(_cancellation));
        models.AddRange(Sums(bank));
        Scanned.AddRange(Ranking.Refined(models, _executor, _cancellation));
        return "functions with free constants";
    }

    private IEnumerable<string> Pass(Rows rows, double floor)
    {
        _floor = floor;
        _screen = rows.Pick(_order[..Math.Min(_effort.Rows, _order.Length)]);
        _monomials = Monomial.Enumerate(rows.Variables, 9, _effort.Monomials, Allowed);
        FactorLibrary library = FactorLibrary.Create(_screen, _monomials, _effort.Factors);
        _bank = TermBank.Create(_screen, _monomials, library, _effort.Terms, _effort.Paired, _cancellation);
        yield return $"bank of {_bank.Count} terms";
        Ranking.Add([.. new ProductSearch(_screen, library, _bank, _effort, floor, _executor).Run(_cancellation)], _executor, _cancellation);
        yield return "products";
        if (IsSettled && Ranking.Ranked[0].Model.Cost <= SimpleCost)
            yield break;
        Ranking.Add(Sums(_bank), _executor, _cancellation);
        yield return "sums";
    }

    private List<TermModel> Sums(TermBank bank)
    {
        SearchTarget[] targets = [.. OuterTransform.All.Select(transform => SearchTarget.Create(transform, null, _screen!)).OfType<SearchTarget>()];
        var work = new SumWork(this, bank, targets, _floor);
        _executor.Run(work, targets.Length);
        return [.. work.Results.SelectMany(models => models ?? [])];
    }

    /// <summary>x^p is real and finite on all rows.</summary>
    private bool Allowed(int variable, double exponent)
    {
        double[] column = _all.Columns[variable];
        return exponent == Math.Round(exponent)
            ? exponent > 0 || Array.TrueForAll(column, value => value != 0)
            : Array.TrueForAll(column, value => value > 0 || (value == 0 && exponent > 0));
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
