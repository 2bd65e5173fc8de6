using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace KanSharp.Interchange;

/// <summary>Parses a safetensors file and checks every rule of the format before any tensor is handed out.</summary>
internal static class SafetensorsReader
{
    private const int Prefix = sizeof(ulong);

    public static SafetensorsFile Read(ReadOnlyMemory<byte> bytes, string? fileName)
    {
        ReadOnlySpan<byte> header = Header(bytes.Span, fileName);
        var entries = new List<SafetensorsEntry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            new SafetensorsHeaderParser(header, fileName).Parse(entries, metadata);
        }
        catch (JsonException e)
        {
            throw new ModelFileException($"not valid JSON: {e.Message}", fileName, "header", e);
        }
        catch (InvalidOperationException e)
        {
            // Utf8JsonReader reports escaped lone surrogates this way
            throw new ModelFileException($"a text is not valid Unicode: {e.Message}", fileName, "header", e);
        }

        ReadOnlyMemory<byte> data = bytes[(Prefix + header.Length)..];
        CheckLayout(entries, data.Length, fileName);
        return new SafetensorsFile(entries.Select(entry => ToTensor(entry, data)), metadata);
    }

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> bytes, string? fileName)
    {
        if (bytes.Length < Prefix)
            throw new ModelFileException($"{bytes.Length} bytes; a safetensors file starts with 8 bytes of header length", fileName);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > SafetensorsText.HeaderLimit)
            throw new ModelFileException(
                $"length {length}; at most {SafetensorsText.HeaderLimit} is allowed (is this a safetensors file?)", fileName, "header");
        if (length > (ulong)(bytes.Length - Prefix))
            throw new ModelFileException(
                $"length {length}, but only {bytes.Length - Prefix} bytes follow: the file is cut off", fileName, "header");
        ReadOnlySpan<byte> header = bytes.Slice(Prefix, (int)length);
        if (header.IsEmpty || header[0] != (byte)'{')
            throw new ModelFileException("must start with '{'", fileName, "header");
        if (!Utf8.IsValid(header))
            throw new ModelFileException("not valid UTF-8", fileName, "header");
        return header;
    }

    private static void CheckLayout(List<SafetensorsEntry> entries, long dataLength, string? fileName)
    {
        entries.Sort((left, right) => (left.Begin, left.End, left.Order).CompareTo((right.Begin, right.End, right.Order)));
        long position = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Begin != position)
            {
                string what = entry.Begin > position ? "leaves a hole" : "overlaps the tensor before it";
                throw new ModelFileException(
                    $"begins at {entry.Begin} where {position} was expected: it {what}", fileName, entry.Where);
            }

            position = entry.End;
            if (position > dataLength)
                throw new ModelFileException(
                    $"ends at {position}, but the file holds {dataLength} bytes of tensors", fileName, entry.Where);
        }

        if (position != dataLength)
            throw new ModelFileException($"{dataLength} bytes of tensors, but the header accounts for {position}", fileName, "data");
    }

    private static SafetensorsTensor ToTensor(SafetensorsEntry entry, ReadOnlyMemory<byte> data) =>
        new(entry.Name, entry.Type, entry.Shape, data[(int)entry.Begin..(int)entry.End]);
}
