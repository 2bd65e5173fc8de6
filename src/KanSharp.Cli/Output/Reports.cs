namespace KanSharp.Cli.Output;

/// <summary>Calls a function with each report, on the thread that makes it.</summary>
internal sealed class Reports<TReport>(Action<TReport> show) : IProgress<TReport>
{
    public void Report(TReport value) => show(value);
}
