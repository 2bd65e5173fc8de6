using System.CommandLine;
using KanSharp.Cli.Demo;

namespace KanSharp.Cli.Commands;

/// <summary>kan demo: two real data sets from training to report, and a formula from data.</summary>
internal static class DemoCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        Option<string?> output = Parse.Text("--out", "DIR", "Folder for data, models, pictures and report. [default: kan-demo]");
        var quick = new Option<bool>("--quick") { Description = "Train a few epochs only, and look for the formula without networks, to see that everything works." };
        Option<ulong?> seed = Parse.Seed("Seed; the same seed gives the same models. [default: 0]");
        Option<bool> json = Parse.Json();
        var command = new Command("demo", "Train on two real data sets that come with the tool, find a formula in a third one, and write models, pictures and a report.") { output, quick, seed, json };
        command.SetAction(parsed => DemoWork.Run(
            parsed.GetValue(output) ?? "kan-demo", parsed.GetValue(quick), parsed.GetValue(seed) ?? 0, parsed.GetValue(json), terminal, cancellation));
        return command;
    }
}
