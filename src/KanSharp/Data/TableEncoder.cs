using System.Numerics;

namespace KanSharp.Data;

/// <summary>Applies a <see cref="TableEncoding"/> to one table.</summary>
internal sealed class TableEncoder<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TableEncoding _encoding;
    private readonly Table _table;
    private readonly int[] _rows;
    private readonly SortedDictionary<string, int> _unknown = new(StringComparer.Ordinal);
    private int _filled;

    public TableEncoder(TableEncoding encoding, Table table, bool withTarget)
    {
        ArgumentNullException.ThrowIfNull(table);
        _encoding = encoding;
        _table = table;
        _rows = KeptRows(withTarget);
        Features = new T[checked(_rows.Length * encoding.Inputs)];
        int offset = 0;
        foreach (FeatureEncoding feature in encoding.Features)
        {
            TableColumn column = table[feature.Column];
            if (feature.Categories is null)
                WriteNumbers(feature, column, offset);
            else
                WriteCategories(feature, column, offset);
            offset += feature.Width;
        }

        Report = new EncodingReport(_rows, table.RowCount - _rows.Length, _filled, _unknown);
    }

    /// <summary>Row-major [kept rows × features].</summary>
    public T[] Features { get; }

    public EncodingReport Report { get; }

    /// <summary>Row-major [kept rows × targets].</summary>
    public T[] Targets()
    {
        IReadOnlyList<string> names = _encoding.Target.Columns;
        var targets = new T[_rows.Length * names.Count];
        for (int output = 0; output < names.Count; output++)
        {
            ReadOnlySpan<double> numbers = Numeric(_table[names[output]]).Numbers;
            for (int i = 0; i < _rows.Length; i++)
                targets[i * names.Count + output] = T.CreateTruncating(numbers[_rows[i]]);
        }

        return targets;
    }

    public int[] ClassIndices()
    {
        TableColumn column = _table[_encoding.Target.Columns[0]];
        var indices = new int[_rows.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            string label = column.Label(_rows[i])!;
            indices[i] = _encoding.Target.IndexOf(label);
            if (indices[i] < 0)
                throw Error(
                    $"class label '{label}' is unknown; known: {string.Join(", ", _encoding.Target.Classes.Take(20))}",
                    column, _rows[i]);
        }

        return indices;
    }

    private int[] KeptRows(bool withTarget)
    {
        var dropped = new bool[_table.RowCount];
        foreach (FeatureEncoding feature in _encoding.Features)
            MarkMissing(_table[feature.Column], dropped, isTarget: false);
        if (withTarget)
        {
            foreach (string name in _encoding.Target.Columns)
                MarkMissing(_table[name], dropped, isTarget: true);
        }

        int[] rows = [.. Enumerable.Range(0, dropped.Length).Where(row => !dropped[row])];
        return rows.Length > 0 || dropped.Length == 0
            ? rows
            : throw new DataFormatException(
                "every row has a missing cell, so that none is left (take the mean instead, or exclude columns)", _table.Name);
    }

    private void MarkMissing(TableColumn column, bool[] dropped, bool isTarget)
    {
        for (int row = 0; row < dropped.Length; row++)
        {
            if (!column.IsMissing(row))
                continue;
            if (_encoding.Missing == MissingValues.Error)
                throw Error("the cell is missing (drop such rows, or take the mean)", column, row);
            dropped[row] |= isTarget || _encoding.Missing == MissingValues.DropRow;
        }
    }

    private void WriteNumbers(FeatureEncoding feature, TableColumn column, int offset)
    {
        ReadOnlySpan<double> numbers = Numeric(column).Numbers;
        int width = _encoding.Inputs;
        for (int i = 0; i < _rows.Length; i++)
        {
            double number = numbers[_rows[i]];
            if (double.IsNaN(number))
            {
                number = feature.Means[0];
                _filled++;
            }

            Features[i * width + offset] = T.CreateTruncating(number);
        }
    }

    private void WriteCategories(FeatureEncoding feature, TableColumn column, int offset)
    {
        int width = _encoding.Inputs;
        for (int i = 0; i < _rows.Length; i++)
        {
            Span<T> cells = Features.AsSpan(i * width + offset, feature.Width);
            string? text = column.Label(_rows[i]);
            if (text is null)
            {
                for (int c = 0; c < cells.Length; c++)
                    cells[c] = T.CreateTruncating(feature.Means[c]);
                _filled++;
                continue;
            }

            int category = feature.IndexOf(text);
            if (category >= 0)
                cells[category] = T.One;
            else if (_encoding.Unknown == UnknownCategories.Error)
                throw Error($"'{text}' is unknown; known: {string.Join(", ", feature.Categories!.Take(20))}", column, _rows[i]);
            else
                _unknown[column.Name] = _unknown.GetValueOrDefault(column.Name) + 1;
        }
    }

    private TableColumn Numeric(TableColumn column) => column.IsNumeric
        ? column
        : throw new DataFormatException(
            "expected numbers, as in the table that the encoding was learned from; this column holds texts",
            _table.Name, column: column.Name);

    private DataFormatException Error(string problem, TableColumn column, int row) => new(problem, _table.Name, _table.LineOf(row), column.Name);
}
