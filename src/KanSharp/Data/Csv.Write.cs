using System.Buffers;
using System.Globalization;

namespace KanSharp.Data;

public static partial class Csv
{
    /// <summary>
    /// Writes a table with a header: numbers in the shortest invariant form that reads back exactly, missing cells empty, texts quoted where
    /// they need it, lines ended by a line feed.
    /// </summary>
    /// <param name="writer">The output, left open.</param>
    /// <param name="table">The table.</param>
    /// <param name="separator">Separator of the cells; default comma.</param>
    public static void Write(TextWriter writer, Table table, char separator = ',')
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(table);
        SearchValues<char> special = SearchValues.Create([separator, '"', '\r', '\n']);
        WriteLine(writer, table.Columns, separator, column => Quote(column.Name, special));
        for (int row = 0; row < table.RowCount; row++)
            WriteLine(writer, table.Columns, separator, column => Cell(column, row, special));
    }

    private static void WriteLine(TextWriter writer, IReadOnlyList<TableColumn> columns, char separator, Func<TableColumn, string> cell)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            if (i > 0)
                writer.Write(separator);
            writer.Write(cell(columns[i]));
        }

        writer.Write('\n');
    }

    private static string Cell(TableColumn column, int row, SearchValues<char> special)
    {
        if (column.IsMissing(row))
            return "";
        return column.IsNumeric ? column.Numbers[row].ToString("R", CultureInfo.InvariantCulture) : Quote(column.Texts[row]!, special);
    }

    private static string Quote(string text, SearchValues<char> special)
    {
        bool plain = text.AsSpan().IndexOfAny(special) < 0 && text.AsSpan().Trim().Length == text.Length;
        return plain ? text : $"\"{text.Replace("\"", "\"\"")}\"";
    }
}
