using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Interpretation.Terms;

/// <summary>Fits all constants of many candidates, those inside functions too, on some rows and returns the best formulas.</summary>
internal sealed class FreeConstantFit(Rows rows, IReadOnlyList<string> names, ulong seed, Executor executor, CancellationToken cancellation)
{
    private const int FitRows = 500;
    private const int Kept = 8;
    private const double NatsPerCost = 1;

    /// <summary>The best formulas by description length on the rows of the fit, best first.</summary>
    public IReadOnlyList<Expression> Run(IReadOnlyList<TermModel> models)
    {
        Rows some = rows.Pick(TermRun.Shuffled(rows.Count, seed)[..Math.Min(FitRows, rows.Count)]);
        var work = new FitWork(models, some, names, cancellation);
        executor.Run(work, models.Count);
        double variance = Math.Max(Statistics.Variance<double>(some.Target), 1e-300);
        return
        [
            .. work.Results.OfType<PolishResult>()
                .Where(result => double.IsFinite(result.Rmse))
                .Select(result => (result.Formula, Length: Length(result, variance, some.Count), result.Rmse))
                .OrderBy(entry => entry.Length)
                .DistinctBy(entry => Math.Round(Math.Log(entry.Rmse + 1e-300), 4))
                .Take(Kept)
                .Select(entry => entry.Formula),
        ];
    }

    private static double Length(PolishResult result, double variance, int count) =>
        (0.5 * count * Math.Log((result.Rmse * result.Rmse / variance) + 1e-26)) + (NatsPerCost * (result.Formula.Complexity + result.Constants.Count));

    private sealed class FitWork(IReadOnlyList<TermModel> models, Rows rows, IReadOnlyList<string> names, CancellationToken cancellation) : ParallelWork
    {
        private readonly double[] _values = rows.RowMajor();

        public PolishResult?[] Results { get; } = new PolishResult?[models.Count];

        public override void Execute(int piece)
        {
            if (!cancellation.IsCancellationRequested)
            {
                Results[piece] = ConstantPolish.Fit(
                    ModelExpression.Of(models[piece], names), names, _values, rows.Target, new PolishOptions { MaxIterations = 40 }, cancellation);
            }
        }
    }
}
