using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace KanSharp.Data.Images;

/// <summary>Reads PNG: chunks, decompression, filters, samples.</summary>
internal static class PngDecoder
{
    /// <summary>Deflate can not make data smaller by more than this: a header that promises more is damaged, and no memory is taken for it.</summary>
    private const int MostExpansion = 1033;

    public static RasterImage Decode(ReadOnlySpan<byte> bytes, string? name)
    {
        if (!Png.IsPng(bytes))
            throw new DataFormatException("not a PNG file: its first eight bytes are others", name);
        PngHeader? header = null;
        byte[] palette = [];
        using var packed = new MemoryStream();
        int position = Png.Signature.Length;
        while (true)
        {
            ReadOnlySpan<byte> data = Chunk(bytes, ref position, out string type, name);
            if (header is null && type != "IHDR")
                throw new DataFormatException($"the first chunk is {type}; IHDR was expected", name);
            switch (type)
            {
                case "IHDR" when header is null:
                    header = PngHeader.Parse(data, name);
                    break;
                case "PLTE" when data.Length % 3 == 0 && data.Length is > 0 and <= 768:
                    palette = data.ToArray();
                    break;
                case "IDAT":
                    packed.Write(data);
                    break;
                case "IEND":
                    packed.Position = 0;
                    return Picture(header!.Value, palette, Lines(header.Value, packed, name), name);
                default:
                    if (char.IsUpper(type[0]))
                        throw new DataFormatException($"the chunk {type} with {data.Length} bytes is unknown or in a wrong place", name);
                    break;
            }
        }
    }

    private static ReadOnlySpan<byte> Chunk(ReadOnlySpan<byte> bytes, ref int position, out string type, string? name)
    {
        if (bytes.Length - position < 12)
            throw new DataFormatException($"cut off after {bytes.Length} bytes, within a chunk or before IEND", name);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[position..]);
        type = Encoding.Latin1.GetString(bytes.Slice(position + 4, 4));
        if (!type.All(char.IsAsciiLetter))
            throw new DataFormatException($"damaged at byte {position}: a chunk was expected", name);
        if (length > bytes.Length - position - 12)
            throw new DataFormatException($"cut off: chunk {type} at byte {position} has {length} bytes, {bytes.Length - position - 12} are left", name);
        ReadOnlySpan<byte> body = bytes.Slice(position + 4, 4 + (int)length);
        if (PngChecksum.Of(body) != BinaryPrimitives.ReadUInt32BigEndian(bytes[(position + 8 + (int)length)..]))
            throw new DataFormatException($"damaged: the checksum of chunk {type} at byte {position} is wrong", name);
        position += 12 + (int)length;
        return body[4..];
    }

    /// <summary>Unpacks the lines and takes the filters back; the memory is known from the header, whatever the data unpack to.</summary>
    private static byte[] Lines(PngHeader header, Stream packed, string? name)
    {
        int width = header.LineBytes;
        if ((width + 1L) * header.Height > (packed.Length + 16) * MostExpansion)
            throw new DataFormatException($"cut off: {packed.Length} bytes can not hold {header.Width}×{header.Height} pixels", name);
        var lines = new byte[checked((long)width * header.Height)];
        var zero = new byte[width];
        try
        {
            using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
            for (int y = 0; y < header.Height; y++)
            {
                int filter = zlib.ReadByte();
                Span<byte> line = lines.AsSpan(y * width, width);
                if (filter < 0 || zlib.ReadAtLeast(line, width, throwOnEndOfStream: false) < width)
                    throw new DataFormatException($"cut off in line {y} of {header.Height}", name);
                if (!PngFilter.Undo(filter, line, y == 0 ? zero : lines.AsSpan((y - 1) * width, width), header.Step))
                    throw new DataFormatException($"filter {filter} in line {y} does not exist in PNG", name);
            }

            return zlib.ReadByte() < 0 ? lines : throw new DataFormatException($"there are more data than {header.Height} lines", name);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new DataFormatException($"the compressed data is damaged ({e.Message})", name, inner: e);
        }
    }

    private static RasterImage Picture(PngHeader header, byte[] palette, byte[] lines, string? name)
    {
        if (header.Color == PngHeader.Palette && palette.Length == 0)
            throw new DataFormatException("the palette (chunk PLTE) is missing", name);
        bool colors = header.Color == PngHeader.Palette ? !IsGrey(palette) : header.Channels == 3;
        int channels = colors ? 3 : 1, plane = header.Width * header.Height;
        var pixels = new byte[checked(channels * plane)];
        int step = header.Samples, scale = header.Color == PngHeader.Grey && header.Depth < 8 ? 255 / ((1 << header.Depth) - 1) : 1;
        for (int y = 0; y < header.Height; y++)
        {
            ReadOnlySpan<byte> line = lines.AsSpan(y * header.LineBytes, header.LineBytes);
            for (int x = 0; x < header.Width; x++)
            {
                int at = y * header.Width + x;
                for (int channel = 0; channel < channels; channel++)
                {
                    int value = Sample(line, x * step + (header.Color == PngHeader.Palette ? 0 : channel), header.Depth);
                    if (header.Color == PngHeader.Palette)
                        value = 3 * value < palette.Length ? palette[3 * value + channel] : throw new DataFormatException($"pixel {x}, {y} has colour {value}; the palette has {palette.Length / 3}", name);
                    pixels[channel * plane + at] = (byte)(value * scale);
                }
            }
        }

        return new RasterImage(header.Width, header.Height, channels, pixels);
    }

    private static int Sample(ReadOnlySpan<byte> line, int index, int depth) => depth switch
    {
        8 => line[index],
        16 => line[2 * index],
        _ => line[index * depth / 8] >> 8 - depth - index * depth % 8 & (1 << depth) - 1,
    };

    private static bool IsGrey(byte[] palette)
    {
        for (int color = 0; color < palette.Length; color += 3)
        {
            if (palette[color] != palette[color + 1] || palette[color] != palette[color + 2])
                return false;
        }

        return true;
    }
}
