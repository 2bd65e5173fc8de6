using KanSharp.Cli.Fitting;
using KanSharp.Data;

namespace KanSharp.Cli.Discovery;

/// <summary>The rows of a search, and how the columns of the table became its features.</summary>
internal sealed record DiscoveryInput(Table Table, TableEncoding Encoding, Dataset<double> Rows, EncodingReport Report)
{
    /// <summary>Reads and checks the table; what can not be used is refused in one line.</summary>
    public static DiscoveryInput Read(DiscoverySettings settings, Terminal terminal)
    {
        Table table = FitInput.Read(settings.Data, settings.Reading);
        string[] targets = FitInput.Targets(table, settings.Targets);
        if (targets.Length > 1)
            throw UserErrorException.Usage($"--target {string.Join(',', targets)}: a formula is sought for one column; call kan discover once for each");
        if (!table[targets[0]].IsNumeric)
            throw new UserErrorException($"{table.Name}: column '{targets[0]}' holds texts, and a formula gives numbers; kan fit {settings.Data} --target {targets[0]} learns classes");
        string[] exclude = FitInput.Columns(table, settings.Exclude);
        foreach (string column in exclude)
            FitInput.Require(table, column, "--exclude");
        FitInput.CheckMissing(table, [.. table.Columns.Select(column => column.Name).Except(exclude)], settings.Missing);
        TableEncoding encoding = TableEncoding.Fit(table, targets, new EncodingOptions { Task = TaskKind.Regression, Exclude = exclude, Missing = settings.Missing });
        Dataset<double> rows = encoding.Encode<double>(table, out EncodingReport report);
        int columns = encoding.Features.Count;
        terminal.Note($"{table.Name}: {Output.Show.Count(rows.Count)} rows, {columns} feature column{(columns == 1 ? "" : "s")}{(columns == encoding.Inputs ? "" : $" as {encoding.Inputs} features")}");
        FitNotes.Encoding(report, terminal);
        return new DiscoveryInput(table, encoding, rows, report);
    }
}
