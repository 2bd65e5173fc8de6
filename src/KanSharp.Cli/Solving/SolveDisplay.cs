using KanSharp.Cli.Output;
using KanSharp.Equations;

namespace KanSharp.Cli.Solving;

/// <summary>Shows where the solver stands on the error stream: a bar where a person watches, otherwise a line a second.</summary>
internal static class SolveDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Runs <paramref name="work"/> and shows what it reports.</summary>
    public static TResult Run<TResult>(Terminal terminal, bool quiet, TimeSpan? limit, Func<Action<SolveProgress>, TResult> work)
    {
        if (quiet)
            return work(_ => { });
        if (terminal.IsInteractive)
            return StatusDisplay.Run(terminal, show => work(progress => show(Share(progress, limit), Line(progress))));
        TimeSpan next = Interval;
        return work(progress =>
        {
            if (progress.Elapsed < next)
                return;
            next = progress.Elapsed + Interval;
            terminal.Note(Line(progress));
        });
    }

    public static string Line(SolveProgress progress)
    {
        string window = progress.Windows > 1 ? $"window {progress.Window}/{progress.Windows}, " : "";
        string error = progress.RelativeError is double relative ? $", error {Show.Value(relative)}" : "";
        return $"{Show.Time(progress.Elapsed.TotalSeconds)} {window}grid {progress.Intervals}, step {Show.Count(progress.Iteration)}: residual {Show.Value(progress.Residual)}{error}";
    }

    /// <summary>The share of windows and stages that are done, or of the time that is gone.</summary>
    private static double Share(SolveProgress progress, TimeSpan? limit)
    {
        double done = (progress.Window - 1 + (progress.Stage - 1.0) / progress.Stages) / progress.Windows;
        return limit is { } time ? Math.Clamp(Math.Max(done, progress.Elapsed / time), 0, 1) : done;
    }
}
