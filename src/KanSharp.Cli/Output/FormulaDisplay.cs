using KanSharp.Interpretation;

namespace KanSharp.Cli.Output;

/// <summary>Shows the progress of a search for formulas on the error stream: a bar where a person watches, otherwise a line a second, and for each better formula.</summary>
internal static class FormulaDisplay
{
    private const int DigitsShown = 4;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>What a search says: the step, the best formula so far, the time since the start, and the share of the time that is gone.</summary>
    public delegate void Report(string step, FormulaCandidate? best, TimeSpan elapsed, double share);

    /// <summary>Runs <paramref name="work"/> and shows what it reports.</summary>
    public static TResult Run<TResult>(Terminal terminal, Func<Report, TResult> work)
    {
        if (terminal.IsInteractive)
            return StatusDisplay.Run(terminal, show => work((step, best, elapsed, share) => show(share, $"{Show.Time(elapsed.TotalSeconds)} {step}{Best(best)}")));
        FormulaCandidate? last = null;
        TimeSpan next = TimeSpan.Zero;
        return work((step, best, elapsed, _) =>
        {
            if (elapsed < next && ReferenceEquals(best, last))
                return;
            (last, next) = (best, elapsed + Interval);
            terminal.Note($"{Show.Time(elapsed.TotalSeconds)}: {step}{Best(best)}");
        });
    }

    private static string Best(FormulaCandidate? best) => best is null ? "" : $"; best so far: RMSE {Show.Value(best.Rmse)}, {Formulas.Short(best.Formula, DigitsShown)}";
}
