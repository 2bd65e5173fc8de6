using KanSharp.Data;

namespace KanSharp.Cli.Fitting;

/// <summary>Reads tables for the commands.</summary>
internal static class FitInput
{
    /// <summary>Reads a table; a file that is not there is said plainly.</summary>
    public static Table Read(string path, CsvOptions? options = null)
    {
        if (Directory.Exists(path))
            throw new UserErrorException($"{path} is a folder; a CSV or TSV file was expected");
        if (!File.Exists(path))
            throw new UserErrorException($"{path}: there is no such file (looked in {Directory.GetCurrentDirectory()})");
        try
        {
            return Csv.Read(path, options);
        }
        catch (DataFormatException error) when (error.Row is null && error.Column is { } column && options?.TextColumns.Contains(column) == true)
        {
            throw UserErrorException.Usage($"--text '{column}': {path} has no such column");
        }
    }

    /// <summary>Column names from option values, each a name or several with commas between them.</summary>
    public static string[] Columns(Table table, IReadOnlyList<string> values) =>
        [.. values.SelectMany(value => table.TryGet(value, out _) ? [value] : value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>Checks the target columns, with a hint where none was given.</summary>
    public static string[] Targets(Table table, IReadOnlyList<string> values)
    {
        string[] targets = Columns(table, values);
        if (targets.Length == 0)
            throw UserErrorException.Usage($"--target NAME is missing: the column to predict. {table.Name} has {Names(table)}");
        foreach (string target in targets)
            Require(table, target, "--target");
        return targets;
    }

    /// <summary>Refuses missing cells in the columns that are used, where nothing else was asked for.</summary>
    public static void CheckMissing(Table table, IReadOnlyList<string> columns, MissingValues missing)
    {
        if (missing != MissingValues.Error)
            return;
        TableColumn[] used = [.. columns.Select(name => table.TryGet(name, out TableColumn? column) ? column : null).OfType<TableColumn>()];
        int first = int.MaxValue, cells = 0;
        string name = "";
        foreach (TableColumn column in used)
        {
            for (int row = 0; row < column.Count; row++)
            {
                if (!column.IsMissing(row))
                    continue;
                cells++;
                if (row < first)
                    (first, name) = (row, column.Name);
            }
        }

        if (cells == 0)
            return;
        string others = cells == 1 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $", one of {cells}");
        throw new UserErrorException(
            $"{table.Name}: row {table.LineOf(first)}, column '{name}': the cell is missing{others}; --missing drop leaves such rows out, --missing mean fills in the column's mean");
    }

    /// <summary>Checks that a column exists.</summary>
    public static void Require(Table table, string column, string option)
    {
        if (!table.TryGet(column, out _))
            throw UserErrorException.Usage($"{option} '{column}': {table.Name} has no such column; it has {Names(table)}");
    }

    private static string Names(Table table)
    {
        string names = string.Join(", ", table.Columns.Take(30).Select(column => column.Name));
        return table.Columns.Count > 30 ? $"{names} and {table.Columns.Count - 30} more" : names;
    }
}
