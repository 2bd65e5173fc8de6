using KanSharp.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace KanSharp.Cli.Output;

/// <summary>Shows the progress of training on the error stream: a bar where a person watches, lines otherwise.</summary>
internal static class TrainingDisplay
{
    private const int BarWidth = 12;

    /// <summary>Percentage and the spaces between columns.</summary>
    private const int OtherColumns = 10;

    /// <summary>Runs <paramref name="work"/> and shows what it reports.</summary>
    public static TResult Run<TResult>(Terminal terminal, string metric, Func<IProgress<TrainingProgress>, TResult> work)
    {
        if (!terminal.IsInteractive)
            return work(new ProgressLines(terminal.Error, metric));
        var text = new StatusColumn(Math.Max(20, terminal.Width - BarWidth - OtherColumns));
        return Consoles.For(terminal.Error, terminal.ErrorColor, terminal.Width, interactive: true).Progress()
            .AutoClear(true)
            .HideCompleted(false)
            .Columns(new ProgressBarColumn { Width = BarWidth }, new PercentageColumn(), text)
            .Start(context =>
            {
                ProgressTask task = context.AddTask("training", maxValue: 1);
                return work(new Bar(task, text, metric));
            });
    }

    /// <summary>Called on the training thread; the bar is drawn by another one.</summary>
    private sealed class Bar(ProgressTask task, StatusColumn status, string metric) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            status.Text = $"{value.Epoch}/{value.Epochs}{(value.Intervals is { } intervals ? $" grid {intervals}" : "")} {ProgressLines.Losses(value, metric, compact: true)} {Show.Count((long)value.SamplesPerSecond)}/s" +
                (value.Remaining is { } left ? $" {Show.Time(left.TotalSeconds)} left" : "");
            task.Value = value.Steps == 0 ? 1 : (double)value.Step / value.Steps;
        }
    }

    /// <summary>One line, whatever the width: a wrapped one would jump up and down.</summary>
    private sealed class StatusColumn(int width) : ProgressColumn
    {
        public string Text { get; set; } = "starting";

        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(Text.Length > width ? Text[..width] : Text);
    }
}
