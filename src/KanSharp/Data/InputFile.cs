using System.IO.Compression;

namespace KanSharp.Data;

/// <summary>Opens input files; gzip is recognised by its first bytes, not by the name.</summary>
internal static class InputFile
{
    public static Stream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        bool gzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return gzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>All bytes of <paramref name="path"/>, unpacked; memory grows with what was really there.</summary>
    public static byte[] ReadAllBytes(string path)
    {
        using Stream stream = Open(path);
        return ReadToEnd(stream, Path.GetFileName(path));
    }

    public static byte[] ReadToEnd(Stream stream, string? name)
    {
        try
        {
            using var buffer = new MemoryStream(stream is FileStream file ? checked((int)Math.Min(file.Length, Array.MaxLength)) : 0);
            stream.CopyTo(buffer, 1 << 16);
            return buffer.Length == buffer.Capacity ? buffer.GetBuffer() : buffer.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException($"the compressed data is damaged or cut off ({e.Message})", name, inner: e);
        }
        catch (IOException e) when (e is EndOfStreamException)
        {
            throw new DataFormatException("the compressed data is cut off", name, inner: e);
        }
    }
}
