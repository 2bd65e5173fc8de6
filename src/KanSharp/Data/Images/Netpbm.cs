namespace KanSharp.Data.Images;

/// <summary>PGM and PPM files: grey (P2, P5) and colours (P3, P6), as text or as bytes, of 8 or 16 bits.</summary>
internal static class Netpbm
{
    private const int MostValue = 65535;

    public static RasterImage Parse(ReadOnlySpan<byte> bytes, string? name)
    {
        if (bytes is not [(byte)'P', (byte)'2' or (byte)'3' or (byte)'5' or (byte)'6', ..])
            throw new DataFormatException("PGM (P2, P5) or PPM (P3, P6) was expected; bitmaps (P1, P4) can not be read", name);
        int kind = bytes[1] - '0', channels = kind is 3 or 6 ? 3 : 1, position = 2;
        int width = Number(bytes, ref position, "width", name), height = Number(bytes, ref position, "height", name);
        int most = Number(bytes, ref position, "largest value", name);
        if (width < 1 || height < 1 || (long)width * height > Png.MostPixels)
            throw new DataFormatException($"the size is {width}×{height}; at least 1×1 and at most {Png.MostPixels} pixels can be read", name);
        if (most is < 1 or > MostValue)
            throw new DataFormatException($"the largest value is {most}; 1 to {MostValue} was expected", name);
        int plane = width * height, wide = most > 255 ? 2 : 1;
        bool text = kind < 4;

        // a byte of white space follows the header; of text at least a digit a sample
        if (bytes.Length - position < (long)plane * channels * (text ? 1 : wide) + (text ? 0 : 1))
            throw new DataFormatException($"cut off: {width}×{height} pixels do not fit into the {bytes.Length} bytes of the file", name);
        position += text ? 0 : 1;
        var pixels = new byte[plane * channels];
        for (int pixel = 0; pixel < plane; pixel++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                int value;
                if (text)
                {
                    value = Number(bytes, ref position, "value", name);
                }
                else
                {
                    value = wide == 2 ? bytes[position] << 8 | bytes[position + 1] : bytes[position];
                    position += wide;
                }

                if (value > most)
                    throw new DataFormatException($"pixel {pixel} has the value {value}, more than the largest of the header, {most}", name);
                pixels[channel * plane + pixel] = most == 255 ? (byte)value : (byte)((2 * 255 * value + most) / (2 * most));
            }
        }

        return new RasterImage(width, height, channels, pixels);
    }

    /// <summary>The next number after white space and comments.</summary>
    private static int Number(ReadOnlySpan<byte> bytes, ref int position, string what, string? name)
    {
        while (position < bytes.Length && (bytes[position] is (byte)'#' || char.IsWhiteSpace((char)bytes[position])))
        {
            if (bytes[position] == '#')
            {
                while (position < bytes.Length && bytes[position] is not ((byte)'\n' or (byte)'\r'))
                    position++;
            }
            else
            {
                position++;
            }
        }

        int start = position, value = 0;
        while (position < bytes.Length && char.IsAsciiDigit((char)bytes[position]) && position - start < 9)
            value = 10 * value + bytes[position++] - '0';
        return position > start ? value : throw new DataFormatException($"a number ({what}) was expected at byte {start}", name);
    }
}
