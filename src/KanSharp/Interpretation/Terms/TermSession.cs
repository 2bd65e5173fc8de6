using System.Diagnostics;
using KanSharp.Data;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Interpretation.Terms;

/// <summary>One call of <see cref="TermSearch"/>: choice of variables, search, constants, hall of fame.</summary>
internal sealed class TermSession : IDisposable
{
    private readonly Dataset<double> _train;
    private readonly Dataset<double> _validation;
    private readonly TermSearchOptions _options;
    private readonly IProgress<TermSearchProgress>? _progress;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _caller;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly HallOfFame _hall;
    private readonly Executor _executor;

    public TermSession(
        Dataset<double> train, Dataset<double> validation, TermSearchOptions options, IProgress<TermSearchProgress>? progress, CancellationToken cancellation)
    {
        _train = train;
        _validation = validation;
        _options = options;
        _progress = progress;
        _caller = cancellation;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _stop.CancelAfter(options.TimeLimit);
        _hall = new HallOfFame(validation.Targets);
        _executor = options.Executor ?? Executor.Default;
    }

    public TermSearchResult Run()
    {
        Rows rows = TrainingRows();
        Offer(Expression.Number(Statistics.Mean<double>(rows.Target)), "mean");
        int[] variables = VariableScreen.Select(rows, _options.MaxVariables, _executor);
        string[] names = [.. variables.Select(v => _train.FeatureNames[v])];
        double spread = Math.Sqrt(Statistics.Variance<double>(rows.Target));
        if (variables.Length == 0 || spread <= 1e-14 * Math.Abs(Statistics.Mean<double>(rows.Target)))
            return Result(names, 0, settled: spread == 0);
        var run = new TermRun(rows.Select(variables), SearchEffort.For(_options.Terms), _options.Seed, _executor, _stop.Token);
        while (run.Step() is { } stage)
            Report(stage, run.Ranking.Ranked, names);
        bool settled = run.IsSettled;
        Rows chosen = rows.Select(variables);
        IReadOnlyList<Expression> polished = settled ? [] : new FreeConstantFit(chosen, names, _options.Seed, _executor, _stop.Token)
            .Run([.. run.Scanned, .. run.Ranking.Ranked.Select(ranked => ranked.Model)]);
        if (!settled)
            Report("constants", run.Ranking.Ranked, names);
        Finish(run.Ranking.Ranked, polished, chosen, names);
        return Result(names, Math.Min(run.Noise, spread), settled);
    }

    public void Dispose() => _stop.Dispose();

    private Rows TrainingRows()
    {
        int count = _train.Count, inputs = _train.Inputs;
        var columns = new double[inputs][];
        for (int v = 0; v < inputs; v++)
        {
            columns[v] = new double[count];
            for (int i = 0; i < count; i++)
                columns[v][i] = _train.Features[(i * inputs) + v];
        }

        var rows = new Rows(columns, _train.Targets.ToArray());

        // In random order, whatever the order of the table: parts of the rows stand in for others
        return rows.Pick(TermRun.Shuffled(count, _options.Seed)[..Math.Min(count, _options.MaxRows)]);
    }

    /// <summary>Fits and simplifies the constants of the best candidates, and of the best of each lower cost, and takes them into the hall.</summary>
    private void Finish(IReadOnlyList<RankedModel> ranked, IReadOnlyList<Expression> polished, Rows rows, string[] names)
    {
        double[] values = rows.RowMajor();
        foreach (Expression formula in polished)
            OfferSnapped(formula, values, rows, names);
        for (int k = 0; k < ranked.Count; k++)
        {
            bool front = !ranked.Take(k).Any(better => better.Model.Cost <= ranked[k].Model.Cost);
            if (k < _options.Candidates)
                OfferSnapped(ModelExpression.Of(ranked[k].Model, names), values, rows, names);
            else if (front)
                Offer(ModelExpression.Of(ranked[k].Model, names), "terms");
        }
    }

    private void OfferSnapped(Expression formula, double[] values, Rows rows, string[] names) => Offer(
        _stop.IsCancellationRequested ? formula : ConstantSnapper.Snap(formula, names, values, rows.Target, null, _stop.Token).Formula, "terms");

    private void Offer(Expression formula, string origin) =>
        _hall.Add(FormulaCandidate.Measure(formula.Simplify(), _validation.FeatureNames, _validation.Features, _validation.Targets, origin));

    private void Report(string stage, IReadOnlyList<RankedModel> ranked, string[] names) => _progress?.Report(new TermSearchProgress(
        stage, _watch.Elapsed, ranked.Count == 0 ? null : ModelExpression.Of(ranked[0].Model, names).ToString(), ranked.Count == 0 ? double.NaN : ranked[0].Rmse));

    private TermSearchResult Result(string[] names, double noise, bool settled) => new()
    {
        Hall = _hall,
        Variables = names,
        Noise = noise,
        IsSettled = settled,
        Elapsed = _watch.Elapsed,
        Reason = _caller.IsCancellationRequested ? StopReason.Cancelled : _stop.IsCancellationRequested ? StopReason.TimeLimit : StopReason.Converged,
    };
}
