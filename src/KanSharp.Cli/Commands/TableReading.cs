using System.CommandLine;
using KanSharp.Data;

namespace KanSharp.Cli.Commands;

/// <summary>The options that say how a table is read.</summary>
internal sealed class TableReading
{
    private readonly Option<string[]> _missing = new("--na")
    {
        HelpName = "TEXTS",
        Description = "Further cells that stand for a missing value, with commas between them; known are the empty cell, ?, NA, NaN and null.",
    };

    private readonly Option<string[]> _text = new("--text")
    {
        HelpName = "NAMES",
        Description = "Columns that hold texts even where they look like numbers, with commas between them.",
    };

    /// <summary>Adds the options to a command.</summary>
    public TableReading(Command command)
    {
        command.Add(_missing);
        command.Add(_text);
    }

    /// <summary>The texts and columns that were named.</summary>
    public (string[] Missing, string[] Text) Words(ParseResult parsed) => (Split(parsed.GetValue(_missing)), Split(parsed.GetValue(_text)));

    /// <summary>The options for the reader.</summary>
    public CsvOptions Of(ParseResult parsed)
    {
        (string[] missing, string[] text) = Words(parsed);
        return Options(missing, text);
    }

    public static CsvOptions Options(IReadOnlyList<string> missing, IReadOnlyList<string> text)
    {
        var usual = new CsvOptions();
        return usual with { MissingTokens = [.. usual.MissingTokens.Concat(missing).Distinct()], TextColumns = text };
    }

    private static string[] Split(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
}
