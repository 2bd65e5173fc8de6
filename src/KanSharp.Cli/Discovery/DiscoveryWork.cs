using KanSharp.Cli.Output;
using KanSharp.Interchange;
using KanSharp.Interpretation;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Cli.Discovery;

/// <summary>A search for a formula from settings to printed result.</summary>
internal static class DiscoveryWork
{
    /// <summary>Runs; cancelling ends the search and prints the best so far.</summary>
    public static int Run(DiscoverySettings settings, bool json, Terminal terminal, CancellationToken cancellation)
    {
        if (settings.Out is not null)
            OutputFile.CheckFolder(settings.Out, "--out");
        if (settings.Report is not null && File.Exists(settings.Report))
            throw UserErrorException.Usage($"--report {settings.Report} is a file; the name of a folder was expected");
        DiscoveryInput input = DiscoveryInput.Read(settings, terminal);
        foreach (NetworkShape shape in settings.Shapes ?? [])
        {
            if (shape.Widths[0] != input.Encoding.Inputs || shape.Widths[^1] != 1)
                throw UserErrorException.Usage($"--shapes {shape} does not fit the data: {input.Encoding.Inputs} inputs (features after encoding) and 1 output are needed, as in {input.Encoding.Inputs},2,1");
        }

        if (settings.Report is { } report)
            Directory.CreateDirectory(report); // fails now rather than after the search
        DiscoveryOutcome outcome = Search(settings, input, terminal, cancellation);
        foreach (string note in outcome.Notes)
            terminal.Note($"note: {note}");
        if (settings.Report is { } folder)
            DiscoveryFolder.Save(outcome, folder);
        if (settings.Out is { } file)
            ModelFile.Save(file, DiscoveryModels.Formula(outcome));
        if (json)
            JsonResult.Write(terminal.Out, outcome.Members);
        else
            DiscoveryText.Write(outcome, terminal);
        return cancellation.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Success;
    }

    /// <summary>Searches, with progress on the error stream.</summary>
    public static DiscoveryOutcome Search(DiscoverySettings settings, DiscoveryInput input, Terminal terminal, CancellationToken cancellation)
    {
        using Executor? own = settings.Threads > 0 ? new Executor(settings.Threads) : null;
        var usual = new DiscoveryOptions();
        var options = new DiscoveryOptions
        {
            TimeLimit = settings.TimeLimit ?? usual.TimeLimit,
            Seed = settings.Seed,
            Validation = settings.Validation ?? usual.Validation,
            Catalog = settings.Catalog,
            Shapes = settings.Shapes,
            UseNetworks = settings.Networks,
            UseTerms = settings.Terms,
            Executor = own,
        };
        return new DiscoveryOutcome(settings, input, FormulaDisplay.Run(terminal, show => FormulaDiscovery.Discover(
            input.Rows, options, new Reports<DiscoveryProgress>(value => show(value.Step, value.Best, value.Elapsed, value.Elapsed / value.Limit)), cancellation)));
    }
}
