namespace KanSharp.Data.Images;

/// <summary>
/// PNG files: reads grey, grey with alpha, colours, colours with alpha and palettes of 1 to 16 bits a sample without interlacing, writes grey and colours
/// of 8 bits. Alpha and transparency are left out; of 16 bits the high byte is kept.
/// </summary>
public static class Png
{
    /// <summary>Most pixels of an image that is read: larger sizes are taken for damage.</summary>
    public const int MostPixels = 1 << 26;

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">Name for messages; none if null.</param>
    /// <exception cref="DataFormatException">No PNG, damaged, cut off, interlaced, or larger than <see cref="MostPixels"/>.</exception>
    public static RasterImage Parse(ReadOnlySpan<byte> bytes, string? name = null) => PngDecoder.Decode(bytes, name);

    /// <summary>The bytes of a file with 8 bits a sample.</summary>
    public static byte[] Encode(RasterImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return PngEncoder.Encode(image);
    }

    /// <summary>Writes a file, as a whole or not at all.</summary>
    /// <exception cref="IOException">The file can not be written.</exception>
    public static void Write(string path, RasterImage image)
    {
        byte[] bytes = Encode(image);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    internal static bool IsPng(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);
}
