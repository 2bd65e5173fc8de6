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

    /// <summary>What is left of a stream.</summary>
    /// <exception cref="DataFormatException">It is damaged, or longer than allowed.</exception>
    public static byte[] ReadToEnd(Stream stream, string? name, long mostBytes = long.MaxValue)
    {
        try
        {
            using var buffer = new MemoryStream(stream is FileStream file ? checked((int)Math.Min(file.Length, Array.MaxLength)) : 0);
            if (mostBytes == long.MaxValue)
                stream.CopyTo(buffer, 1 << 16);
            else
                Copy(stream, buffer, name, mostBytes);
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

    private static void Copy(Stream stream, MemoryStream buffer, string? name, long most)
    {
        byte[] piece = new byte[1 << 16];
        for (int read; (read = stream.Read(piece)) > 0;)
        {
            if (buffer.Length + read > most)
                throw new DataFormatException($"unpacks to more than {most} bytes, refused: no file of numbers is packed so much", name);
            buffer.Write(piece, 0, read);
        }
    }
}
