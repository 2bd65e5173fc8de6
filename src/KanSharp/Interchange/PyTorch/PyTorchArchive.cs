using System.IO.Compression;
using System.Text;

namespace KanSharp.Interchange.PyTorch;

/// <summary>
/// The ZIP archive of a checkpoint: <c>ROOT/data.pkl</c>, a storage in each <c>ROOT/data/KEY</c>, and since PyTorch 2.1 <c>ROOT/byteorder</c>. What entries claim to be
/// long is limited before anything is read, and memory grows with what is really there.
/// </summary>
internal sealed class PyTorchArchive : IDisposable
{
    private const int MostEntries = 1_000_000, Chunk = 1 << 16;
    private const long Allowance = 64 << 20, MostExpansion = 32;

    private readonly ZipArchive _zip;
    private readonly string? _file;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly string _root;
    private readonly long _length;
    private long _budget;

    /// <summary>Opens an archive.</summary>
    /// <param name="stream">The file; it can seek.</param>
    /// <param name="file">Name for messages.</param>
    /// <exception cref="ModelFileException">It is no such archive.</exception>
    public PyTorchArchive(Stream stream, string? file)
    {
        (_file, _length) = (file, stream.Length);
        _budget = Allowance + MostExpansion * _length;
        _zip = Guard(() => new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true), null);
        string? root = null;
        foreach (ZipArchiveEntry entry in Guard(() => _zip.Entries, null))
        {
            if (!_entries.TryAdd(entry.FullName, entry) || _entries.Count > MostEntries)
                throw new ModelFileException(_entries.Count > MostEntries ? $"more than {MostEntries} entries" : "the entry occurs twice", file, PickleValue.Shortened(entry.FullName));
            if (!entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal) || entry.FullName.Count(letter => letter == '/') > 1)
                continue;
            root = root is null ? entry.FullName[..^"data.pkl".Length] : throw new ModelFileException("the archive has several pickles (data.pkl); a checkpoint has one", file);
        }

        _root = root ?? throw new ModelFileException("a ZIP archive without a pickle (data.pkl): not a checkpoint of torch.save", file);
        if (_entries.Keys.Any(name => name.StartsWith(_root + "code/", StringComparison.Ordinal)))
            throw new ModelFileException("the file is a TorchScript program; save model.state_dict() with torch.save instead", file);
        IsBigEndian = Read("byteorder", 16) is { } order && Order(order);
    }

    /// <summary>Whether numbers have their highest byte first.</summary>
    public bool IsBigEndian { get; }

    /// <summary>The pickle.</summary>
    public byte[] Pickle() => Read("data.pkl", PickleReader.MostBytes)!;

    /// <summary>The bytes of a storage, exactly as many as said.</summary>
    /// <exception cref="ModelFileException">There is no such storage, or it has another length.</exception>
    public byte[] Storage(string key, long bytes)
    {
        string where = $"storage '{PickleValue.Shortened(key)}'";
        if (!_entries.TryGetValue(_root + "data/" + key, out ZipArchiveEntry? entry))
            throw new ModelFileException("the archive does not hold it: the file is damaged or cut off", _file, where);
        if (Guard(() => entry.Length, where) != bytes)
            throw new ModelFileException($"{entry.Length} bytes; its tensors say {bytes}", _file, where);
        return Read("data/" + key, Array.MaxLength)!;
    }

    public void Dispose() => _zip.Dispose();

    /// <summary>An entry, or null if there is none.</summary>
    private byte[]? Read(string name, int most)
    {
        if (!_entries.TryGetValue(_root + name, out ZipArchiveEntry? entry))
            return null;
        string where = PickleValue.Shortened(_root + name);
        long length = Guard(() => entry.Length, where), packed = Guard(() => entry.CompressedLength, where);
        if (length > most)
            throw new ModelFileException($"{length} bytes; at most {most} are read", _file, where);
        if (length < 0 || packed > _length || (_budget -= length) < 0)
            throw new ModelFileException($"{length} bytes out of {packed} in a file of {_length}: refused, since no checkpoint expands so much", _file, where);
        return Guard(() => Content(entry, (int)length, where), where);
    }

    private byte[] Content(ZipArchiveEntry entry, int length, string where)
    {
        using Stream stream = entry.Open();

        // a stored entry lies in the file, as long as it says; a packed one may claim what it likes
        byte[] bytes = new byte[entry.CompressedLength == length ? length : Math.Min(length, Chunk)];
        int count = 0;
        while (count < length)
        {
            if (count == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(length, 2L * bytes.Length));
            int read = stream.Read(bytes, count, bytes.Length - count);
            if (read == 0)
                throw new ModelFileException($"{length} bytes are promised and {count} are there: the file is cut off", _file, where);
            count += read;
        }

        return bytes.Length == length ? bytes : bytes[..length];
    }

    private bool Order(byte[] text) => Encoding.ASCII.GetString(text).Trim() switch
    {
        "little" => false,
        "big" => true,
        _ => throw new ModelFileException("neither 'little' nor 'big'", _file, "byteorder"),
    };

    private TResult Guard<TResult>(Func<TResult> read, string? where)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or IOException or OverflowException)
        {
            throw new ModelFileException($"the archive is damaged ({error.Message})", _file, where, error);
        }
    }
}
