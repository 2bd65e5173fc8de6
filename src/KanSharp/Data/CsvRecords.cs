using System.Numerics;
using CsvHelper;

namespace KanSharp.Data;

/// <summary>
/// Numeric columns of a CSV or TSV file, read again for every pass and never held in memory. The file has a header; gzip is unpacked. Missing cells and text are
/// errors that name row and column: prepare such tables with <see cref="Csv.Read(string, CsvOptions?)"/> and <see cref="TableEncoding"/>, which hold them in memory.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class CsvRecords<T> : IRecordSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly string _path;
    private readonly CsvOptions _options;
    private readonly string[] _header;
    private readonly int[] _inputs;
    private readonly int[] _targets;

    /// <summary>Opens the file once to read its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="targets">Names of the target columns, at least one.</param>
    /// <param name="inputs">Names of the input columns; null takes all others, in the order of the file.</param>
    /// <param name="options">Separator; the other settings do not apply.</param>
    /// <exception cref="ArgumentException">No column has a name that was given, or a column is named twice.</exception>
    /// <exception cref="DataFormatException">The file is empty or damaged.</exception>
    /// <exception cref="IOException">The file can not be read.</exception>
    public CsvRecords(string path, IReadOnlyList<string> targets, IReadOnlyList<string>? inputs = null, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        _path = path;
        _options = options ?? new CsvOptions();
        using (Stream stream = InputFile.Open(path))
        using (CsvReader reader = CsvReader.Create(stream, Csv.ReaderOptions(_options), leaveOpen: true))
            _header = Csv.Header(reader, Path.GetFileName(path));
        inputs ??= [.. _header.Except(targets)];
        _inputs = [.. inputs.Select(name => IndexOf(name, nameof(inputs)))];
        _targets = [.. targets.Select(name => IndexOf(name, nameof(targets)))];
        if (_inputs.Length == 0 || _targets.Length == 0)
            throw new ArgumentException($"{_inputs.Length} input and {_targets.Length} target columns were named; at least one of each is needed.", nameof(targets));
        if (_inputs.Concat(_targets).Distinct().Count() != _inputs.Length + _targets.Length)
            throw new ArgumentException("A column is named twice among inputs and targets.", nameof(inputs));
    }

    /// <inheritdoc/>
    public int Inputs => _inputs.Length;

    /// <inheritdoc/>
    public int Targets => _targets.Length;

    /// <summary>Null: rows are counted by reading them.</summary>
    public long? Count => null;

    /// <inheritdoc/>
    public IRecordReader<T> Open() => new Reader(this);

    private int IndexOf(string name, string parameter)
    {
        int index = Array.IndexOf(_header, name);
        return index >= 0
            ? index
            : throw new ArgumentException($"Column '{name}' is not in the file. There are: {string.Join(", ", _header)}.", parameter);
    }

    private sealed class Reader : IRecordReader<T>
    {
        private readonly CsvRecords<T> _source;
        private readonly Stream _stream;
        private readonly CsvReader _reader;
        private bool _ended;

        public Reader(CsvRecords<T> source)
        {
            _source = source;
            _stream = InputFile.Open(source._path);
            _reader = CsvReader.Create(_stream, Csv.ReaderOptions(source._options), leaveOpen: true);
            _ended = !_reader.Read();
        }

        public int Read(Span<T> inputs, Span<T> targets)
        {
            int room = inputs.Length / _source.Inputs, read = 0;
            try
            {
                while (read < room && !_ended && !(_ended = !_reader.Read()))
                {
                    if (_reader.FieldCount == 1 && _source._header.Length > 1 && _reader.GetSpan(0).IsEmpty)
                        continue;
                    if (_reader.FieldCount != _source._header.Length)
                        throw Wrong($"{_reader.FieldCount} cells where the header has {_source._header.Length}", null);
                    Parse(_source._inputs, inputs.Slice(read * _source.Inputs, _source.Inputs));
                    Parse(_source._targets, targets.Slice(read * _source.Targets, _source.Targets));
                    read++;
                }
            }
            catch (CsvFormatException e)
            {
                throw new DataFormatException(e.Message, Path.GetFileName(_source._path), e.LineNumber > 0 ? (int)e.LineNumber : null, inner: e);
            }
            catch (InvalidDataException e)
            {
                throw new DataFormatException($"the compressed data is damaged or cut off ({e.Message})", Path.GetFileName(_source._path), inner: e);
            }

            return read;
        }

        public void Dispose()
        {
            _reader.Dispose();
            _stream.Dispose();
        }

        private void Parse(int[] columns, Span<T> values)
        {
            for (int i = 0; i < columns.Length; i++)
            {
                if (!Csv.TryParseNumber(_reader.GetSpan(columns[i]), out double number))
                    throw Wrong($"'{System.Text.Encoding.UTF8.GetString(_reader.GetSpan(columns[i]))}' is no finite number", _source._header[columns[i]]);
                values[i] = T.CreateTruncating(number);
            }
        }

        private DataFormatException Wrong(string what, string? column) =>
            new(what, Path.GetFileName(_source._path), (int)Math.Min(_reader.LineNumber, int.MaxValue), column);
    }
}
