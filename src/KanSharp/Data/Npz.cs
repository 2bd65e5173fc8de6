using System.IO.Compression;

namespace KanSharp.Data;

/// <summary>Reads and writes NumPy archives (.npz): a ZIP file with one NPY file for each named array.</summary>
public static class Npz
{
    private const string Extension = ".npy";

    /// <summary>Reads all arrays of an archive, stored or deflated, by name.</summary>
    /// <exception cref="DataFormatException">Not a ZIP file, damaged, or an array that can not be read (the message names it).</exception>
    /// <exception cref="IOException">The file can not be opened or read.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Read(stream, Path.GetFileName(path));
    }

    /// <summary>Reads all arrays of an archive from a stream that can seek.</summary>
    /// <param name="stream">The archive.</param>
    /// <param name="name">Name for messages; none if null.</param>
    /// <exception cref="DataFormatException">Not a ZIP file, damaged, or an array that can not be read (the message names it).</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(Stream stream, string? name = null) => Read(stream, name, long.MaxValue);

    /// <summary>Reads all arrays that together take at most so many bytes, unpacked.</summary>
    internal static IReadOnlyDictionary<string, NpyArray> Read(Stream stream, string? name, long mostBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                string where = $"{name ?? "archive"}/{entry.FullName}";
                if (!entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
                    throw new DataFormatException($"expected only {Extension} entries", where);
                using Stream content = entry.Open();
                byte[] bytes = InputFile.ReadToEnd(content, where, mostBytes);
                mostBytes -= bytes.Length;
                if (!arrays.TryAdd(entry.FullName[..^Extension.Length], Npy.Parse(bytes, where)))
                    throw new DataFormatException("the array occurs twice", where);
            }

            return arrays;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new DataFormatException($"not a ZIP archive, or damaged ({e.Message})", name, inner: e);
        }
    }

    /// <summary>Writes arrays atomically, stored without compression; equal contents give equal bytes.</summary>
    public static void Write(string path, IEnumerable<KeyValuePair<string, NpyArray>> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        AtomicFile.Write(path, stream => Write(stream, arrays));
    }

    /// <summary>Writes arrays to a stream, stored without compression; equal contents give equal bytes.</summary>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, NpyArray>> arrays)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(arrays);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string key, NpyArray array) in arrays)
        {
            ZipArchiveEntry entry = archive.CreateEntry(key + Extension, CompressionLevel.NoCompression);
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using Stream content = entry.Open();
            Npy.Write(content, array);
        }
    }
}
