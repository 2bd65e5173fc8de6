using System.CommandLine;
using KanSharp.Cli.Discovery;
using KanSharp.Data;
using KanSharp.Networks;

namespace KanSharp.Cli.Commands;

/// <summary>kan discover: from a table to a formula.</summary>
internal static class DiscoverCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var data = new Argument<string>("DATA") { Description = "CSV or TSV file with a header row, also gzipped." };
        var target = new Option<string[]>("--target") { HelpName = "NAME", Description = "Column of numbers to explain by the others." };
        Option<TimeSpan?> limit = Parse.Duration("--time-limit", "Longest time of the search; the best formulas so far are the result. [default: 60s]");
        Option<ulong?> seed = Parse.Seed("Seed of split and initial values; the same seed gives the same formulas, unless the time limit ends the search. [default: 0]");
        Option<string?> report = Parse.Text("--report", "DIR", "Folder for a page with formulas and pictures, the pictures, the formulas as JSON, and the models.");
        Option<string?> output = Parse.Text("--out", "MODEL", "File for the formula as a model, for kan predict and kan formula.");
        var exclude = new Option<string[]>("--exclude") { HelpName = "NAMES", Description = "Columns that are not used, with commas between them." };
        Option<string?> missing = Parse.Missing("error");
        Option<double?> validation = Parse.Number("--validation", "Share of the rows that chooses among formulas and that none is fitted to. [default: 0.2]", 0.05, 0.5);
        Option<string?> shapes = Parse.Text("--shapes", "2,5,1;2,1,1", "Networks to try: nodes per level from inputs to outputs, [sums,products] where nodes multiply, with semicolons between them. [default: small ones for the number of features]");
        var direct = new Option<bool>("--no-networks") { Description = "Search sums and products of terms alone, without networks." };
        var trained = new Option<bool>("--no-terms") { Description = "Look for formulas by networks alone, without searching sums and products of terms." };
        Option<int?> threads = Parse.Count("--threads", "Threads; the result does not depend on it. [default: one per processor]", 1, 1024);
        Option<bool> json = Parse.Json();
        var command = new Command("discover", "Find a formula for a column of a table: the best one for each complexity, and the one to take.")
        {
            data, target, limit, seed, report, output, exclude, missing, validation, shapes, direct, trained, threads, json,
        };
        var catalogs = new Catalogs(command);
        var reading = new TableReading(command);
        command.SetAction(parsed =>
        {
            var settings = new DiscoverySettings
            {
                Data = parsed.GetRequiredValue(data),
                Targets = parsed.GetValue(target) ?? [],
                Exclude = parsed.GetValue(exclude) ?? [],
                Missing = Parse.MissingOf(parsed.GetValue(missing)) ?? MissingValues.Error,
                Reading = reading.Of(parsed),
                TimeLimit = parsed.GetValue(limit),
                Seed = parsed.GetValue(seed) ?? 0,
                Validation = parsed.GetValue(validation),
                Catalog = catalogs.Of(parsed),
                Shapes = Shapes(parsed.GetValue(shapes)),
                Networks = !parsed.GetValue(direct),
                Terms = !parsed.GetValue(trained),
                Threads = parsed.GetValue(threads) ?? 0,
                Report = parsed.GetValue(report),
                Out = parsed.GetValue(output),
            };
            if (settings is { Networks: false, Terms: false })
                throw UserErrorException.Usage("--no-networks and --no-terms together leave nothing to search; leave one of them out");
            return DiscoveryWork.Run(settings, parsed.GetValue(json), terminal, cancellation);
        });
        return command;
    }

    private static NetworkShape[]? Shapes(string? text)
    {
        if (text is null)
            return null;
        try
        {
            return [.. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(NetworkShape.Parse)];
        }
        catch (FormatException error)
        {
            throw UserErrorException.Usage($"--shapes: {error.Message}");
        }
    }
}
