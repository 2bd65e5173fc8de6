using System.Globalization;
using System.Text;
using CsvHelper;

namespace KanSharp.Data;

/// <summary>
/// Reads tables from CSV and TSV files: quoted cells with separators and line breaks, byte order marks, any line ends, blank lines, gzip.
/// Numbers are invariant (a point, no thousands separators). A column is numeric if its cells are numbers; where most are, a stray
/// text is an error. A column is text if most of its cells are, or if it has more different texts than different numbers (codes).
/// </summary>
public static partial class Csv
{
    private const int LongestRecord = 64 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; gzip is unpacked.</param>
    /// <param name="options">Null takes the defaults.</param>
    /// <exception cref="DataFormatException">The content is no table; the message names file, row and column.</exception>
    /// <exception cref="IOException">The file can not be opened or read.</exception>
    public static Table Read(string path, CsvOptions? options = null)
    {
        using Stream stream = InputFile.Open(path);
        string name = Path.GetFileName(path);
        options ??= new CsvOptions();
        using CsvReader reader = CsvReader.Create(stream, ReaderOptions(options), leaveOpen: true);
        return Read(reader, options, name);
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">The input, left open.</param>
    /// <param name="options">Null takes the defaults.</param>
    /// <param name="name">Name of the table for messages; none if null.</param>
    /// <exception cref="DataFormatException">The content is no table; the message names row and column.</exception>
    public static Table Read(TextReader text, CsvOptions? options = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new CsvOptions();
        using CsvReader reader = CsvReader.Create(text, ReaderOptions(options), leaveOpen: true);
        return Read(reader, options, name);
    }

    internal static bool TryParseNumber(ReadOnlySpan<byte> cell, out double number) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    internal static CsvReaderOptions ReaderOptions(CsvOptions options) => new()
    {
        Separator = options.Separator,
        HasHeader = false,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = LongestRecord,
    };

    private static Table Read(CsvReader reader, CsvOptions options, string? name)
    {
        try
        {
            if (!reader.Read())
                throw new DataFormatException("the file is empty; expected a header and rows of cells", name);
            bool header = options.HasHeader ?? !AnyNumber(reader);
            string[] names = header ? HeaderNames(reader, name) : [.. Enumerable.Range(1, reader.FieldCount).Select(i => $"x{i}")];
            foreach (string column in options.TextColumns.Except(names))
                throw new DataFormatException("TextColumns names a column that is not there", name, column: column);
            var cells = new CsvColumn[names.Length];
            for (int i = 0; i < cells.Length; i++)
                cells[i] = new CsvColumn();
            int[] lines = ReadRows(reader, cells, skipFirst: header, name);
            if (lines.Length == 0)
                throw new DataFormatException(
                    "the file holds a header and no rows (set HasHeader = false if the first row is data)", name);
            var inference = new ColumnInference(options, name, lines, reader.Separator, header);
            return new Table(cells.Select((column, i) => inference.Infer(names[i], column)).ToArray(), name, lines);
        }
        catch (CsvFormatException e)
        {
            throw new DataFormatException(e.Message, name, e.LineNumber > 0 ? (int)e.LineNumber : null, inner: e);
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException($"the compressed data is damaged or cut off ({e.Message})", name, inner: e);
        }
    }

    /// <summary>Reads the first row as column names.</summary>
    internal static string[] Header(CsvReader reader, string? name)
    {
        try
        {
            return reader.Read() ? HeaderNames(reader, name) : throw new DataFormatException("the file is empty; expected a header and rows of cells", name);
        }
        catch (CsvFormatException e)
        {
            throw new DataFormatException(e.Message, name, e.LineNumber > 0 ? (int)e.LineNumber : null, inner: e);
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException($"the compressed data is damaged or cut off ({e.Message})", name, inner: e);
        }
    }

    private static bool AnyNumber(CsvReader reader)
    {
        for (int i = 0; i < reader.FieldCount; i++)
        {
            if (TryParseNumber(reader.GetSpan(i), out _))
                return true;
        }

        return false;
    }

    private static string[] HeaderNames(CsvReader reader, string? name)
    {
        var names = new string[reader.FieldCount];
        for (int i = 0; i < names.Length; i++)
        {
            string text = Encoding.UTF8.GetString(reader.GetSpan(i)).Trim();
            names[i] = text.Length > 0 ? text : $"column{i + 1}";
            if (Array.IndexOf(names, names[i]) is int first && first != i)
                throw new DataFormatException(
                    $"the header has this name twice (cells {first + 1} and {i + 1})", name, (int)reader.LineNumber, names[i]);
        }

        return names;
    }

    private static int[] ReadRows(CsvReader reader, CsvColumn[] cells, bool skipFirst, string? name)
    {
        var lines = new List<int>();
        if (skipFirst && !reader.Read())
            return [];
        do
        {
            int fields = reader.FieldCount;
            if (fields == 1 && cells.Length > 1 && reader.GetSpan(0).IsEmpty)
                continue;
            if (fields != cells.Length)
                throw new DataFormatException($"{fields} cells where the first row has {cells.Length}", name, (int)reader.LineNumber);
            for (int i = 0; i < fields; i++)
                cells[i].Add(reader.GetSpan(i));
            lines.Add((int)reader.LineNumber);
        }
        while (reader.Read());
        return [.. lines];
    }
}
