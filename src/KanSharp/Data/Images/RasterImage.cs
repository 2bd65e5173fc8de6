namespace KanSharp.Data.Images;

/// <summary>One picture of bytes, plane after plane: grey, or red, green and blue. Immutable.</summary>
public sealed class RasterImage
{
    private readonly byte[] _pixels;

    /// <summary>Wraps bytes without copying them: do not change them afterwards.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1 (grey) or 3 (red, green, blue).</param>
    /// <param name="pixels">Bytes [channels, height, width].</param>
    /// <exception cref="ArgumentException">A number is out of range, or the bytes are not as many as they should be.</exception>
    public RasterImage(int width, int height, int channels, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "A picture has 1 channel (grey) or 3 (red, green, blue).");
        if ((long)width * height * channels != pixels.Length)
            throw new ArgumentException($"{channels}×{height}×{width} pixels take {(long)width * height * channels} bytes; {pixels.Length} were given.", nameof(pixels));
        (Width, Height, Channels, _pixels) = (width, height, channels, pixels);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>1 (grey) or 3 (red, green, blue).</summary>
    public int Channels { get; }

    /// <summary>The bytes [channels, height, width].</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>Reads a file: PNG, or PGM and PPM, told apart by their first bytes.</summary>
    /// <exception cref="DataFormatException">The file is damaged or of another kind; the message names it.</exception>
    /// <exception cref="IOException">The file can not be read.</exception>
    public static RasterImage Read(string path) => Parse(InputFile.ReadAllBytes(path), Path.GetFileName(path));

    /// <summary>Reads the bytes of a file: PNG, or PGM and PPM.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">Name for messages; none if null.</param>
    /// <exception cref="DataFormatException">The bytes are damaged or of another kind.</exception>
    public static RasterImage Parse(ReadOnlySpan<byte> bytes, string? name = null) =>
        Png.IsPng(bytes) ? Png.Parse(bytes, name)
        : bytes is [(byte)'P', >= (byte)'1' and <= (byte)'6', ..] ? Netpbm.Parse(bytes, name)
        : throw new DataFormatException("neither PNG nor PGM or PPM; convert the image to one of these", name);

    /// <summary>The bytes of one channel, [height, width].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such channel.</exception>
    public ReadOnlySpan<byte> Plane(int channel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, Channels);
        return _pixels.AsSpan(channel * Width * Height, Width * Height);
    }

    /// <summary>Many images of a set in one picture, row by row from the top left.</summary>
    /// <param name="images">Images with 1 or 3 channels.</param>
    /// <param name="indices">The images to show, at least one.</param>
    /// <param name="columns">Images in a row, at least 1 (default 10).</param>
    /// <param name="gap">Pixels between images, at least 0 (default 1).</param>
    /// <param name="background">Byte of the gaps (default 128, a medium grey).</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static RasterImage Sheet(ImageSet images, ReadOnlySpan<int> indices, int columns = 10, int gap = 1, byte background = 128)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(gap);
        if (indices.IsEmpty)
            throw new ArgumentException("No images are named; at least one is needed.", nameof(indices));
        columns = Math.Min(columns, indices.Length);
        int rows = (indices.Length + columns - 1) / columns;
        int width = checked(columns * (images.Width + gap) - gap), height = checked(rows * (images.Height + gap) - gap);
        var pixels = new byte[checked(images.Channels * height * width)];
        pixels.AsSpan().Fill(background);
        for (int i = 0; i < indices.Length; i++)
        {
            ReadOnlySpan<byte> source = images.Pixels(indices[i]);
            int left = i % columns * (images.Width + gap), top = i / columns * (images.Height + gap);
            for (int line = 0; line < images.Channels * images.Height; line++)
            {
                (int channel, int y) = Math.DivRem(line, images.Height);
                source.Slice(line * images.Width, images.Width).CopyTo(pixels.AsSpan((channel * height + top + y) * width + left));
            }
        }

        return new RasterImage(width, height, images.Channels, pixels);
    }
}
