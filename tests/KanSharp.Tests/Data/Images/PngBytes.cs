using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace KanSharp.Tests.Data.Images;

/// <summary>Writes PNG files for the tests, one filter a line, with code of its own: bitwise checksum, Paeth's predictor as the specification words it.</summary>
internal static class PngBytes
{
    /// <summary>A file from the samples of each line, packed to bits.</summary>
    public static byte[] File(int width, int height, int depth, int color, byte[] lines, Func<int, int> filter, byte[]? palette = null, byte interlace = 0, int pieces = 1)
    {
        int samples = color switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 }, lineBytes = (width * samples * depth + 7) / 8, step = Math.Max(1, samples * depth / 8);
        var filtered = new List<byte>();
        for (int y = 0; y < height; y++)
        {
            filtered.Add((byte)filter(y));
            for (int i = 0; i < lineBytes; i++)
            {
                int a = i >= step ? lines[y * lineBytes + i - step] : 0, b = y > 0 ? lines[(y - 1) * lineBytes + i] : 0, c = i >= step && y > 0 ? lines[(y - 1) * lineBytes + i - step] : 0;
                filtered.Add((byte)(lines[y * lineBytes + i] - Predict(filter(y), a, b, c)));
            }
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write([.. filtered]);
        byte[] header = [0, 0, 0, 0, 0, 0, 0, 0, (byte)depth, (byte)color, 0, 0, interlace];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        List<byte> file = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, .. Chunk("IHDR", header), .. Chunk("tEXt", "Comment\0made by a test"u8)];
        if (palette is not null)
            file.AddRange(Chunk("PLTE", palette));
        byte[] data = packed.ToArray();
        for (int piece = 0; piece < pieces; piece++)
            file.AddRange(Chunk("IDAT", data.AsSpan()[(data.Length * piece / pieces)..(data.Length * (piece + 1) / pieces)]));
        file.AddRange(Chunk("IEND", []));
        return [.. file];
    }

    public static byte[] Chunk(string type, ReadOnlySpan<byte> data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        byte[] length = new byte[4], crc = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc(body));
        return [.. length, .. body, .. crc];
    }

    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint register = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                uint carry = (register ^ (uint)(value >> bit)) & 1;
                register = (register >> 1) ^ (carry * 0xEDB88320);
            }
        }

        return register ^ 0xFFFFFFFF;
    }

    private static int Predict(int filter, int a, int b, int c)
    {
        switch (filter)
        {
            case 0: return 0;
            case 1: return a;
            case 2: return b;
            case 3: return (int)Math.Floor((a + b) / 2.0);
            default:
                int p = a + b - c, pa = Math.Abs(p - a), pb = Math.Abs(p - b), pc = Math.Abs(p - c);
                if (pa <= pb && pa <= pc)
                    return a;
                return pb <= pc ? b : c;
        }
    }
}
