using Spectre.Console;
using Spectre.Console.Rendering;

namespace KanSharp.Cli.Output;

/// <summary>A bar with a line of text on the error stream of a terminal; it is gone when the work is done.</summary>
internal static class StatusDisplay
{
    private const int BarWidth = 12;

    /// <summary>Percentage and the spaces between columns.</summary>
    private const int OtherColumns = 10;

    /// <summary>Runs <paramref name="work"/>, which reports the share that is done and a line of text, on any thread.</summary>
    public static TResult Run<TResult>(Terminal terminal, Func<Action<double, string>, TResult> work)
    {
        var text = new StatusColumn(Math.Max(20, terminal.Width - BarWidth - OtherColumns));
        return Consoles.For(terminal.Error, terminal.ErrorColor, terminal.Width, interactive: true).Progress()
            .AutoClear(true)
            .HideCompleted(false)
            .Columns(new ProgressBarColumn { Width = BarWidth }, new PercentageColumn(), text)
            .Start(context =>
            {
                ProgressTask task = context.AddTask("work", maxValue: 1);
                return work((share, line) =>
                {
                    text.Text = line;
                    task.Value = share;
                });
            });
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
