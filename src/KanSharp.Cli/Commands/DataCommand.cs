using System.CommandLine;
using KanSharp.Cli.Downloads;
using KanSharp.Data.Images;

namespace KanSharp.Cli.Commands;

/// <summary>kan data: fetches and lists public data sets of images.</summary>
internal static class DataCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation) =>
        new("data", "Fetch and list public data sets of images.") { Get(terminal, cancellation), List(terminal) };

    private static Command Get(Terminal terminal, CancellationToken cancellation)
    {
        var name = new Argument<string>("NAME") { Description = $"Data set: {string.Join(", ", KnownImages.All.Select(set => set.Name))}." };
        Option<string?> from = Parse.Text("--from", "DIR", "Copy the files from a folder, packed or not, instead of downloading them.");
        Option<string?> to = To();
        Option<bool> json = Parse.Json();
        var command = new Command("get", "Download a data set and check it; an interrupted download is gone on with.") { name, from, to, json };
        command.SetAction(parsed =>
        {
            KnownDataset set = KnownImages.Named(parsed.GetRequiredValue(name));
            using var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15) };
            return DataWork.Get(set, parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(json), handler, terminal, cancellation);
        });
        return command;
    }

    private static Command List(Terminal terminal)
    {
        Option<string?> to = To();
        Option<bool> json = Parse.Json();
        var command = new Command("list", "List the data sets, their sizes and which of their files are there.") { to, json };
        command.SetAction(parsed =>
        {
            DataListing.Write(parsed.GetValue(to), parsed.GetValue(json), terminal);
            return ExitCode.Success;
        });
        return command;
    }

    private static Option<string?> To() => Parse.Text(
        "--to", "DIR", $"Folder of the data sets, each in a folder of its own. [default: the environment variable {DataCache.Variable}, else kansharp/data in the folder for application data]");
}
