using KanSharp.Interpretation;

namespace KanSharp.Cli.Output;

/// <summary>Shows the progress of a search for formulas on the error stream: a bar where a person watches, a line for each step otherwise.</summary>
internal static class FormulaDisplay
{
    private const int DigitsShown = 4;

    /// <summary>What a search says: the step, the best formula so far, the time since the start, and the share of the time that is gone.</summary>
    public delegate void Report(string step, FormulaCandidate? best, TimeSpan elapsed, double share);

    /// <summary>Runs <paramref name="work"/> and shows what it reports.</summary>
    public static TResult Run<TResult>(Terminal terminal, Func<Report, TResult> work)
    {
        if (terminal.IsInteractive)
            return StatusDisplay.Run(terminal, show => work((step, best, elapsed, share) => show(share, $"{Show.Time(elapsed.TotalSeconds)} {step}{Best(best)}")));
        string last = "";
        return work((step, best, elapsed, _) =>
        {
            string line = step + Best(best);
            if (line == last)
                return;
            last = line;
            terminal.Note($"{Show.Time(elapsed.TotalSeconds)}: {line}");
        });
    }

    private static string Best(FormulaCandidate? best) => best is null ? "" : $"; best so far: RMSE {Show.Value(best.Rmse)}, {Formulas.Short(best.Formula, DigitsShown)}";
}
