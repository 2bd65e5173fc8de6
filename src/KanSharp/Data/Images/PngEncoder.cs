using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace KanSharp.Data.Images;

/// <summary>Writes PNG: 8 bits a sample, no filter, one piece of compressed data.</summary>
internal static class PngEncoder
{
    public static byte[] Encode(RasterImage image)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8] = 8;
        header[9] = image.Channels == 1 ? (byte)0 : (byte)2;
        header[10..].Clear();
        using var file = new MemoryStream();
        file.Write(Png.Signature);
        Chunk(file, "IHDR", header);
        Chunk(file, "IDAT", Compressed(image));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Compressed(RasterImage image)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            var line = new byte[1 + image.Width * image.Channels];
            for (int y = 0; y < image.Height; y++)
            {
                for (int channel = 0; channel < image.Channels; channel++)
                {
                    ReadOnlySpan<byte> row = image.Plane(channel).Slice(y * image.Width, image.Width);
                    for (int x = 0; x < row.Length; x++)
                        line[1 + x * image.Channels + channel] = row[x];
                }

                zlib.Write(line);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(Stream file, string type, ReadOnlySpan<byte> data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, PngChecksum.Of(body));
        file.Write(number);
    }
}
