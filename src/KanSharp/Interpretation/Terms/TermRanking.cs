using KanSharp.Numerics;

namespace KanSharp.Interpretation.Terms;

/// <summary>
/// Orders candidates by description length on all training rows: first refined on some rows, the best of them on all. Candidates with the same
/// predictions count once, as the cheapest of them.
/// </summary>
internal sealed class TermRanking(Rows all, int[] order)
{
    /// <summary>Nats per unit of cost: more than the best of thousands of wrong candidates gains by chance.</summary>
    private const double NatsPerCost = 3;

    private const int FirstRows = 600;
    private const int FirstKept = 120;
    private const int CompareRows = 200;

    private readonly Rows _first = all.Pick(order[..Math.Min(FirstRows, order.Length)]);
    private readonly Rows _compare = all.Pick(order[..Math.Min(CompareRows, order.Length)]);
    private readonly List<RankedModel> _ranked = [];

    /// <summary>Variance of the target.</summary>
    public double Variance { get; } = Math.Max(Statistics.Variance(all.Target), 1e-300);

    /// <summary>Best first.</summary>
    public IReadOnlyList<RankedModel> Ranked => _ranked;

    /// <summary>The best of the candidates after their coefficients were fitted on some rows, best first.</summary>
    public TermModel[] Refined(IReadOnlyList<TermModel> models, Executor executor, CancellationToken cancellation)
    {
        var refine = new RefineWork(models, _first, 5, cancellation);
        executor.Run(refine, models.Count);
        var best = new TopList<TermModel>(FirstKept);
        for (int k = 0; k < models.Count; k++)
        {
            if (refine.Results[k] is { } result)
                best.Add(Length(result.Rmse, result.Model.Cost / 3, _first.Count), result.Model);
        }

        return [.. best.Sorted().Select(entry => entry.Value)];
    }

    public void Add(IReadOnlyList<TermModel> models, Executor executor, CancellationToken cancellation)
    {
        TermModel[] chosen = Refined(models, executor, cancellation);
        var finish = new RefineWork(chosen, all, 12, cancellation);
        executor.Run(finish, chosen.Length);
        foreach (RankedModel? model in finish.Results)
        {
            if (model is not null)
                _ranked.Add(model with { Length = Length(model.Rmse, model.Model.Cost, all.Count) });
        }

        Order();
    }

    private double Length(double rmse, double cost, int rows) =>
        0.5 * rows * Math.Log((rmse * rmse / Variance) + 1e-26) + (NatsPerCost * cost);

    private void Order()
    {
        _ranked.Sort((a, b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.Model.Cost.CompareTo(b.Model.Cost));
        var kept = new List<(RankedModel Model, double[] Values)>();
        foreach (RankedModel model in _ranked)
        {
            double[] values = new ModelFit(model.Model, _compare).Predict(model.Model.Coefficients);
            double tolerance = Math.Max(1e-11 * Math.Sqrt(Variance), 1e-3 * model.Rmse);
            if (!kept.Exists(entry => Distance(entry.Values, values) < tolerance))
                kept.Add((model, values));
            if (kept.Count == 60)
                break;
        }

        _ranked.Clear();
        _ranked.AddRange(kept.Select(entry => entry.Model));
    }

    private static double Distance(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum / a.Length);
    }

    private sealed class RefineWork(IReadOnlyList<TermModel> models, Rows rows, int iterations, CancellationToken cancellation) : ParallelWork
    {
        public RankedModel?[] Results { get; } = new RankedModel?[models.Count];

        public override void Execute(int piece)
        {
            if (cancellation.IsCancellationRequested)
                return;
            (double[] coefficients, double rmse) = new ModelFit(models[piece], rows).Run(iterations);
            if (double.IsFinite(rmse))
                Results[piece] = new RankedModel(models[piece].With(coefficients), rmse, 0);
        }
    }
}
