using System.Diagnostics.CodeAnalysis;

namespace KanSharp.Data;

/// <summary>Named columns of the same length, as read from a file or put together in code.</summary>
public sealed class Table
{
    private readonly Dictionary<string, TableColumn> _byName = new(StringComparer.Ordinal);
    private readonly int[]? _lines;

    /// <summary>Creates a table.</summary>
    /// <param name="columns">At least one column; names differ, lengths agree.</param>
    /// <param name="name">Name for messages, such as the file's; none if null.</param>
    /// <exception cref="ArgumentException">No column, a repeated name, or lengths that differ.</exception>
    public Table(IEnumerable<TableColumn> columns, string? name = null)
        : this(columns, name, null)
    {
    }

    internal Table(IEnumerable<TableColumn> columns, string? name, int[]? lines)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Columns = [.. columns];
        Name = name;
        _lines = lines;
        if (Columns.Count == 0)
            throw new ArgumentException("a table needs at least one column", nameof(columns));
        foreach (TableColumn column in Columns)
        {
            if (!_byName.TryAdd(column.Name, column))
                throw new ArgumentException($"two columns are named '{column.Name}'; names must differ", nameof(columns));
            if (column.Count != RowCount)
                throw new ArgumentException(
                    $"column '{column.Name}' has {column.Count} rows, column '{Columns[0].Name}' {RowCount}", nameof(columns));
        }
    }

    /// <summary>Name for messages, such as the file's, if there is one.</summary>
    public string? Name { get; }

    /// <summary>The columns in order.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Number of rows, the header not counted.</summary>
    public int RowCount => Columns[0].Count;

    /// <summary>The column of that name.</summary>
    /// <exception cref="DataFormatException">There is none; the message lists the names.</exception>
    public TableColumn this[string name] => TryGet(name, out TableColumn? column)
        ? column
        : throw new DataFormatException($"there is no such column; the table has {ListNames()}", Name, column: name);

    /// <summary>Looks for a column by name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out TableColumn? column) => _byName.TryGetValue(name, out column);

    /// <summary>The line of the file, from 1, where a row starts; the row's number from 1 for a table that was not read from a file.</summary>
    public int LineOf(int row) => _lines is null ? row + 1 : _lines[row];

    private string ListNames()
    {
        string names = string.Join(", ", Columns.Take(20).Select(column => $"'{column.Name}'"));
        return Columns.Count > 20 ? $"{names} and {Columns.Count - 20} more" : names;
    }
}
