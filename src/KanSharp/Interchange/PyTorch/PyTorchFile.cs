namespace KanSharp.Interchange.PyTorch;

/// <summary>
/// A file of <c>torch.save</c>: its tensors by name. The reader takes data alone: the pickle inside becomes a closed family of values, whatever names of functions and
/// classes it mentions stay texts, and a file that needs more than tensors is refused. Views, shared storages, either order of bytes and half precision are understood.
/// </summary>
public sealed class PyTorchFile
{
    private PyTorchFile(IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyList<string> notes) => (Tensors, Notes) = (tensors, notes);

    /// <summary>The tensors in the order of the file, row-major, in their stored types: a <see cref="SafetensorsFile"/> can be made of them.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>What was chosen where the file holds more than the tensors of a model, and what was left out; empty for a plain <c>state_dict</c>.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">A ZIP archive as PyTorch has written it since version 1.6.</param>
    /// <exception cref="ModelFileException">The file is damaged, of another kind, or holds Python objects.</exception>
    /// <exception cref="IOException">The file can not be opened or read.</exception>
    public static PyTorchFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        return Read(stream, Path.GetFileName(path));
    }

    /// <summary>Reads and checks the bytes of a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="fileName">Name for messages; none if null.</param>
    /// <exception cref="ModelFileException">The file is damaged, of another kind, or holds Python objects.</exception>
    public static PyTorchFile Parse(byte[] bytes, string? fileName = null)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        using var stream = new MemoryStream(bytes, writable: false);
        return Read(stream, fileName);
    }

    /// <summary>Whether a file begins like one of <c>torch.save</c>: a ZIP archive, or the form before version 1.6.</summary>
    internal static bool Begins(ReadOnlySpan<byte> start) => IsZip(start) || IsLegacy(start);

    private static PyTorchFile Read(Stream stream, string? name)
    {
        Span<byte> start = stackalloc byte[4];
        start = start[..stream.ReadAtLeast(start, 4, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (IsLegacy(start))
            throw new ModelFileException("the file is a pickle of its own, or of PyTorch before 1.6; if you trust it, load it with torch.load(old, weights_only=True) and save it again", name);
        if (!IsZip(start))
            throw new ModelFileException("no ZIP archive; files of torch.save are (since PyTorch 1.6)", name);
        using var archive = new PyTorchArchive(stream, name);
        StateDictionary state = StateDictionary.Of(PickleReader.Read(archive.Pickle(), name), name);
        var views = new StorageViews(archive, name);
        return new PyTorchFile([.. state.Tensors.Select(entry => views.Tensor(entry.Name, entry.View))], state.Notes);
    }

    private static bool IsZip(ReadOnlySpan<byte> start) => start.StartsWith("PK"u8);

    private static bool IsLegacy(ReadOnlySpan<byte> start) => start.Length >= 2 && start[0] == 0x80 && start[1] is 2 or 3 or 4;
}
