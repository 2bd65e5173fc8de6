using System.Text;

namespace KanSharp.Data;

/// <summary>Decides whether the cells of a CSV column are numbers or texts, and converts them.</summary>
internal sealed class ColumnInference(CsvOptions options, string? fileName, int[] lines, char separator, bool hasHeader)
{
    private readonly byte[][] _missing = [.. options.MissingTokens.Select(Encoding.UTF8.GetBytes)];

    public TableColumn Infer(string name, CsvColumn cells)
    {
        if (options.TextColumns.Contains(name))
            return ToTexts(name, cells);
        var numbers = new double[cells.Count];
        int numeric = 0;
        int strays = 0;
        int firstStray = -1;
        for (int row = 0; row < numbers.Length; row++)
        {
            ReadOnlySpan<byte> cell = cells[row];
            if (Csv.TryParseNumber(cell, out numbers[row]))
            {
                numeric++;
            }
            else if (IsMissing(cell))
            {
                numbers[row] = double.NaN;
            }
            else
            {
                firstStray = strays++ == 0 ? row : firstStray;

                // Enough to know the column as text, whatever follows
                if (strays > numbers.Length / 2)
                    break;
            }
        }

        if (strays == 0)
            return new TableColumn(name, numbers);
        if (numeric >= strays && !LooksCategorical(cells, numbers))
            throw Stray(name, cells, firstStray, strays);
        CheckDecimalCommas(name, cells);
        return ToTexts(name, cells);
    }

    /// <summary>Codes such as 0, D4, D6 have more different texts than different numbers; a damaged column of numbers has not.</summary>
    private bool LooksCategorical(CsvColumn cells, double[] numbers)
    {
        var values = new HashSet<double>();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        for (int row = 0; row < numbers.Length; row++)
        {
            ReadOnlySpan<byte> cell = cells[row];
            if (Csv.TryParseNumber(cell, out double number))
                values.Add(number);
            else if (!IsMissing(cell))
                texts.Add(Encoding.UTF8.GetString(cell));
        }

        return texts.Count > values.Count;
    }

    private DataFormatException Stray(string name, CsvColumn cells, int row, int strays)
    {
        string hint = "correct the cell, add it to the missing-value tokens, or declare the column as text";
        if (!hasHeader)
            hint += "; if the first row is a header, say so";
        string others = strays > 1 ? $" ({strays - 1} more such cells in this column)" : "";
        string text = Encoding.UTF8.GetString(cells[row]);
        string shown = text.Length > 60 ? text[..60] + "..." : text;
        return new DataFormatException(
            $"'{shown}' is not a number, unlike most of the column{others}; {hint}", fileName, lines[row], name);
    }

    /// <summary>1,5 for 1.5 would turn every column into text; that is never meant.</summary>
    private void CheckDecimalCommas(string name, CsvColumn cells)
    {
        if (separator == ',')
            return;
        for (int row = 0; row < cells.Count; row++)
        {
            string cell = Encoding.UTF8.GetString(cells[row]);
            if (IsMissing(cells[row]) || Csv.TryParseNumber(cells[row], out _))
                continue;
            if (cell.Count(c => c == ',') != 1 || !Csv.TryParseNumber(Encoding.UTF8.GetBytes(cell.Replace(',', '.')), out _))
                return;
            throw new DataFormatException(
                $"'{cell}' looks like a number with a decimal comma; write a point, as in {cell.Replace(',', '.')}",
                fileName, lines[row], name);
        }
    }

    private TableColumn ToTexts(string name, CsvColumn cells)
    {
        var pool = new Dictionary<string, string>(StringComparer.Ordinal);
        Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup = pool.GetAlternateLookup<ReadOnlySpan<char>>();
        var texts = new string?[cells.Count];
        Span<char> buffer = stackalloc char[256];
        for (int row = 0; row < texts.Length; row++)
        {
            ReadOnlySpan<byte> cell = cells[row];
            if (IsMissing(cell))
                continue;
            if (cell.Length > buffer.Length)
            {
                texts[row] = Encoding.UTF8.GetString(cell);
                continue;
            }

            ReadOnlySpan<char> chars = buffer[..Encoding.UTF8.GetChars(cell, buffer)];
            if (!lookup.TryGetValue(chars, out texts[row]))
            {
                texts[row] = chars.ToString();
                pool.Add(texts[row]!, texts[row]!);
            }
        }

        return new TableColumn(name, texts);
    }

    private bool IsMissing(ReadOnlySpan<byte> cell)
    {
        foreach (byte[] token in _missing)
        {
            if (cell.SequenceEqual(token))
                return true;
        }

        return false;
    }
}
