using KanSharp.Training;

namespace KanSharp.Cli.Output;

/// <summary>Shows the progress of training on the error stream: a bar where a person watches, lines otherwise.</summary>
internal static class TrainingDisplay
{
    /// <summary>Runs <paramref name="work"/> and shows what it reports.</summary>
    public static TResult Run<TResult>(Terminal terminal, string metric, Func<IProgress<TrainingProgress>, TResult> work) => terminal.IsInteractive
        ? StatusDisplay.Run(terminal, show => work(new Bar(show, metric)))
        : work(new ProgressLines(terminal.Error, metric));

    /// <summary>Called on the training thread; the bar is drawn by another one.</summary>
    private sealed class Bar(Action<double, string> show, string metric) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => show(
            value.Steps == 0 ? 1 : (double)value.Step / value.Steps,
            $"{value.Epoch}/{value.Epochs}{(value.Intervals is { } intervals ? $" grid {intervals}" : "")} {ProgressLines.Losses(value, metric, compact: true)} {Show.Count((long)value.SamplesPerSecond)}/s" +
            (value.Remaining is { } left ? $" {Show.Time(left.TotalSeconds)} left" : ""));
    }
}
