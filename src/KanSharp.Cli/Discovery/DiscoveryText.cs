using System.Globalization;
using KanSharp.Cli.Output;

namespace KanSharp.Cli.Discovery;

/// <summary>Prints the result of a search.</summary>
internal static class DiscoveryText
{
    public static void Write(DiscoveryOutcome outcome, Terminal terminal)
    {
        Formulas.Table(terminal, outcome.Result.Hall.Best, outcome.Pick);
        var pairs = new List<(string, string)>
        {
            ("formula", outcome.Equation),
            ("error", string.Create(CultureInfo.InvariantCulture, $"RMSE {Show.Value(outcome.Result.Rmse)}, R² {Show.Share(outcome.Result.R2)} on all rows")),
            ("time", $"{Show.Time(outcome.Result.Elapsed.TotalSeconds)}; ended because {outcome.Ending}"),
        };
        if (outcome.Settings.Report is { } folder)
            pairs.Add(("report", Path.Combine(folder, DiscoveryFolder.Page)));
        if (outcome.Settings.Out is { } model)
            pairs.Add(("model", model));
        ResultTable.Pairs(terminal, pairs);
        terminal.Note($"The errors of the table are those on {outcome.Chosen}.");
    }
}
