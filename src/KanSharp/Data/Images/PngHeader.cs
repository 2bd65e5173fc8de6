using System.Buffers.Binary;

namespace KanSharp.Data.Images;

/// <summary>The chunk IHDR: sizes, depth and kind of colours.</summary>
internal readonly record struct PngHeader(int Width, int Height, int Depth, int Color)
{
    public const int Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, RgbAlpha = 6;

    /// <summary>Samples of a pixel in the file.</summary>
    public int Samples => Color switch { Grey or Palette => 1, GreyAlpha => 2, Rgb => 3, _ => 4 };

    /// <summary>Channels of the picture; those of a palette depend on its colours and count as 3 here.</summary>
    public int Channels => Color is Grey or GreyAlpha ? 1 : 3;

    /// <summary>Bytes of a line without the byte of the filter.</summary>
    public int LineBytes => checked((int)(((long)Width * Samples * Depth + 7) / 8));

    /// <summary>Bytes from a sample to the one that the filters predict it by.</summary>
    public int Step => Math.Max(1, Samples * Depth / 8);

    public static PngHeader Parse(ReadOnlySpan<byte> data, string? name)
    {
        if (data.Length != 13)
            throw new DataFormatException($"the chunk IHDR has {data.Length} bytes, not 13", name);
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data), height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width == 0 || height == 0 || (ulong)width * height > Png.MostPixels)
            throw new DataFormatException($"the size is {width}×{height}; at least 1×1 and at most {Png.MostPixels} pixels can be read", name);
        (int depth, int color) = (data[8], data[9]);
        bool known = color switch
        {
            Grey => depth is 1 or 2 or 4 or 8 or 16,
            Palette => depth is 1 or 2 or 4 or 8,
            Rgb or GreyAlpha or RgbAlpha => depth is 8 or 16,
            _ => false,
        };
        if (!known)
            throw new DataFormatException($"colour type {color} with {depth} bits does not exist in PNG", name);
        if (data[10] != 0 || data[11] != 0)
            throw new DataFormatException($"compression {data[10]} and filter method {data[11]}; PNG has only 0 and 0", name);
        if (data[12] == 1)
            throw new DataFormatException("the image is interlaced (Adam7), which is not supported; save it without interlacing", name);
        return data[12] == 0
            ? new PngHeader((int)width, (int)height, depth, color)
            : throw new DataFormatException($"interlace method {data[12]} does not exist in PNG", name);
    }
}
