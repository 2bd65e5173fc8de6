using System.Buffers.Binary;
using KanSharp.Data;

namespace KanSharp.Interchange;

/// <summary>
/// A safetensors file: named tensors and text metadata. The layout is 8 bytes of header length, a JSON header, and the tensors without
/// gaps. Reading checks everything the format promises before it hands anything out; writing is deterministic, so that equal contents
/// are equal bytes.
/// </summary>
public sealed class SafetensorsFile
{
    private readonly Dictionary<string, SafetensorsTensor> _byName;

    /// <summary>Collects what a file is to hold.</summary>
    /// <param name="tensors">Tensors with different names.</param>
    /// <param name="metadata">Texts by key; none if null.</param>
    /// <exception cref="ArgumentException">Two tensors share a name, or a text is not valid Unicode.</exception>
    public SafetensorsFile(IEnumerable<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Tensors = [.. tensors];
        _byName = new Dictionary<string, SafetensorsTensor>(Tensors.Count, StringComparer.Ordinal);
        foreach (SafetensorsTensor tensor in Tensors)
        {
            if (!_byName.TryAdd(tensor.Name, tensor))
                throw new ArgumentException($"two tensors are named '{tensor.Name}'; names must differ");
        }

        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, string text) in metadata ?? new Dictionary<string, string>())
        {
            SafetensorsText.Utf8(key);
            SafetensorsText.Utf8(text);
            texts.Add(key, text);
        }

        Metadata = texts;
    }

    /// <summary>The tensors: in the order of the bytes after reading, in the given order otherwise.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>Texts by key, in ordinal order of the keys.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensor of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists some names.</exception>
    public SafetensorsTensor this[string name] => _byName.TryGetValue(name, out SafetensorsTensor? tensor)
        ? tensor
        : throw new KeyNotFoundException(
            $"no tensor '{name}' among {Tensors.Count}: {string.Join(", ", Tensors.Take(8).Select(t => t.Name))}{(Tensors.Count > 8 ? ", ..." : "")}");

    /// <summary>Looks for a tensor by name.</summary>
    public bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SafetensorsTensor? tensor) =>
        _byName.TryGetValue(name, out tensor);

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="ModelFileException">The file breaks a rule of the format, or is larger than 2 GiB.</exception>
    /// <exception cref="IOException">The file can not be opened or read.</exception>
    public static SafetensorsFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string name = Path.GetFileName(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        if (stream.Length > Array.MaxLength)
            throw new ModelFileException($"{stream.Length} bytes; files up to {Array.MaxLength} bytes can be read", name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Parse(bytes, name);
    }

    /// <summary>Reads and checks the bytes of a file. The tensors refer to <paramref name="bytes"/>: do not change it afterwards.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="fileName">Name for messages; none if null.</param>
    /// <exception cref="ModelFileException">The bytes break a rule of the format.</exception>
    public static SafetensorsFile Parse(ReadOnlyMemory<byte> bytes, string? fileName = null) => SafetensorsReader.Read(bytes, fileName);

    /// <summary>Writes the file atomically: temporary neighbour, flush to disk, rename.</summary>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, Write);
    }

    /// <summary>
    /// Writes to a stream. Tensors come by descending size of their elements, then by name, so that each is aligned; the header is padded
    /// with spaces to a multiple of 8.
    /// </summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        SafetensorsTensor[] ordered = SafetensorsWriter.Order(Tensors);
        byte[] header = SafetensorsWriter.Header(ordered, Metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (SafetensorsTensor tensor in ordered)
            stream.Write(tensor.Bytes.Span);
    }

    /// <summary>The bytes that <see cref="Write"/> writes.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        Write(stream);
        return stream.ToArray();
    }
}
