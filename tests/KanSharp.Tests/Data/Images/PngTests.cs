using KanSharp.Data;
using KanSharp.Data.Images;
using KanSharp.Numerics;

namespace KanSharp.Tests.Data.Images;

/// <summary>PNG files of every kind against files that the test writes by a way of its own.</summary>
public sealed class PngTests
{
    /// <summary>A 2×2 file in colours made by hand with stored deflate blocks: red, green, blue, white.</summary>
    private static readonly byte[] ByHand =
    [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A,
        .. PngBytes.Chunk("IHDR", [0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]),
        .. PngBytes.Chunk("IDAT", [0x78, 0x01, 0x01, 14, 0, 0xF1, 0xFF, 0, 255, 0, 0, 0, 255, 0, 0, 0, 0, 255, 255, 255, 255, .. Adler([0, 255, 0, 0, 0, 255, 0, 0, 0, 0, 255, 255, 255, 255])]),
        .. PngBytes.Chunk("IEND", []),
    ];

    [Theory]
    [InlineData(0, 8, 1)]
    [InlineData(0, 16, 1)]
    [InlineData(2, 8, 3)]
    [InlineData(2, 16, 3)]
    [InlineData(4, 8, 1)]
    [InlineData(4, 16, 1)]
    [InlineData(6, 8, 3)]
    [InlineData(6, 16, 3)]
    public void Grey_and_colours_of_whole_bytes_with_every_filter(int color, int depth, int channels)
    {
        int samples = color switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 }, bytes = depth / 8;
        const int width = 13, height = 11;
        byte[] lines = Noise(width * height * samples * bytes, seed: 5);
        for (int filter = 0; filter <= 5; filter++)
        {
            int chosen = filter;
            RasterImage image = Png.Parse(PngBytes.File(width, height, depth, color, lines, y => chosen == 5 ? y % 5 : chosen, pieces: 3));
            Assert.Equal((width, height, channels), (image.Width, image.Height, image.Channels));
            for (int i = 0; i < width * height; i++)
            {
                for (int channel = 0; channel < channels; channel++)
                    Assert.Equal(lines[(i * samples + channel) * bytes], image.Plane(channel)[i]);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Grey_and_palettes_of_bits(int depth)
    {
        const int width = 11, height = 6;
        int most = (1 << depth) - 1, lineBytes = (width * depth + 7) / 8;
        var random = new SplitRandom(2);
        int[] values = [.. Enumerable.Range(0, width * height).Select(_ => random.NextInt(most + 1))];
        var lines = new byte[lineBytes * height];
        for (int i = 0; i < values.Length; i++)
        {
            int bit = i % width * depth;
            lines[i / width * lineBytes + bit / 8] |= (byte)(values[i] << (8 - depth - bit % 8));
        }

        RasterImage grey = Png.Parse(PngBytes.File(width, height, depth, 0, lines, y => y % 5));
        Assert.Equal(values.Select(value => (byte)(value * 255 / most)), grey.Pixels.ToArray());

        byte[] palette = Noise(3 * (most + 1), seed: 9);
        RasterImage colored = Png.Parse(PngBytes.File(width, height, depth, 3, lines, y => y % 5, palette));
        Assert.Equal(3, colored.Channels);
        for (int i = 0; i < values.Length; i++)
            Assert.Equal(palette.AsSpan(3 * values[i], 3).ToArray(), new[] { colored.Plane(0)[i], colored.Plane(1)[i], colored.Plane(2)[i] });

        byte[] greys = [.. Enumerable.Range(0, most + 1).SelectMany(value => Enumerable.Repeat((byte)(255 - value), 3))];
        Assert.Equal(1, Png.Parse(PngBytes.File(width, height, depth, 3, lines, _ => 0, greys)).Channels);
    }

    [Fact]
    public void A_file_made_by_hand()
    {
        RasterImage image = RasterImage.Parse(ByHand);
        Assert.Equal([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255], image.Pixels.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_is_written_is_read_again(int channels)
    {
        var image = new RasterImage(31, 17, channels, Noise(31 * 17 * channels, seed: 3));
        byte[] bytes = Png.Encode(image);
        Assert.Equal(PngBytes.Crc(bytes.AsSpan(12, 17)), System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(29)));
        Assert.Equal(image.Pixels.ToArray(), Png.Parse(bytes).Pixels.ToArray());
    }

    [Fact]
    public void What_can_not_be_read_says_why()
    {
        byte[] lines = Noise(16, seed: 1), good = PngBytes.File(4, 4, 8, 0, lines, _ => 0);
        Expect("interlaced", PngBytes.File(4, 4, 8, 0, lines, _ => 0, interlace: 1));
        Expect("palette (chunk PLTE) is missing", PngBytes.File(4, 4, 8, 3, lines, _ => 0));
        Expect("palette has 1", PngBytes.File(4, 4, 8, 3, lines, _ => 0, [1, 2, 3]));
        Expect("filter 7", PngBytes.File(4, 4, 8, 0, lines, _ => 7));
        Expect("colour type 2 with 4 bits", PngBytes.File(4, 4, 4, 2, Noise(24, seed: 1), _ => 0));
        Expect("cut off", good[..^20]);
        Expect("cut off", good[..20]);
        Expect("can not hold", [.. good[..8], .. PngBytes.Chunk("IHDR", [0, 0, 32, 0, 0, 0, 32, 0, 8, 0, 0, 0, 0]), .. PngBytes.Chunk("IEND", [])]);
        Expect("size is", [.. good[..8], .. PngBytes.Chunk("IHDR", [255, 255, 255, 255, 0, 0, 32, 0, 8, 0, 0, 0, 0]), .. PngBytes.Chunk("IEND", [])]);
        Expect("unknown or in a wrong place", [.. good[..8], .. PngBytes.Chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]), .. PngBytes.Chunk("IHAT", [])]);
        Expect("neither PNG nor", "GIF89a and more"u8.ToArray());
        byte[] flipped = [.. good];
        flipped[^20] ^= 4;
        Expect("checksum", flipped);
    }

    [Fact]
    public void Damage_gives_only_the_exception_for_damage()
    {
        var random = new SplitRandom(7);
        byte[][] files =
        [
            PngBytes.File(9, 7, 8, 6, Noise(9 * 7 * 4, 1), y => y % 5, pieces: 2), PngBytes.File(9, 7, 2, 3, Noise(3 * 7, 1), y => y % 5, Noise(12, 3)), ByHand, Png.Encode(new RasterImage(20, 20, 1, new byte[400])),
            "P5 # a\n4 3 255\nabcdefghijkl"u8.ToArray(), "P3 2 2 15\n1 2 3 4 5 6 7 8 9 10 11 12"u8.ToArray(),
        ];
        int refused = 0;
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = Mutate(files[random.NextInt(files.Length)], random);
            try
            {
                RasterImage image = RasterImage.Parse(bytes, "damaged.png");
                Assert.Equal(image.Width * image.Height * image.Channels, image.Pixels.Length);
            }
            catch (DataFormatException e)
            {
                Assert.Contains("damaged.png", e.Message);
                refused++;
            }
        }

        Assert.True(refused > 1000, $"only {refused} of 2000 damaged files were refused");
    }

    internal static byte[] Noise(int count, ulong seed)
    {
        var random = new SplitRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.NextInt(256))];
    }

    /// <summary>Changes, removes, repeats or inserts bytes; of every second PNG the checksums are made right again, so that the damage gets further.</summary>
    internal static byte[] Mutate(byte[] original, SplitRandom random)
    {
        List<byte> bytes = [.. original];
        for (int change = random.NextInt(4); change >= 0 && bytes.Count > 0; change--)
        {
            int at = random.NextInt(bytes.Count);
            switch (random.NextInt(4))
            {
                case 0: bytes[at] = (byte)random.NextInt(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.NextInt(8)); break;
                case 2: bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + random.NextInt(8))); break;
                default: bytes.Insert(at, (byte)random.NextInt(256)); break;
            }
        }

        byte[] result = [.. bytes];
        if (random.NextInt(2) == 0)
            return result;
        for (int at = 8; at + 12 <= result.Length;)
        {
            int length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(result.AsSpan(at));
            if (length < 0 || length > result.Length - at - 12)
                break;
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(result.AsSpan(at + 8 + length), PngBytes.Crc(result.AsSpan(at + 4, 4 + length)));
            at += 12 + length;
        }

        return result;
    }

    private static void Expect(string part, byte[] bytes)
    {
        DataFormatException e = Assert.Throws<DataFormatException>(() => RasterImage.Parse(bytes, "picture.png"));
        Assert.Contains(part, e.Message);
        Assert.StartsWith("picture.png: ", e.Message);
    }

    private static byte[] Adler(byte[] data)
    {
        uint a = 1, b = 0;
        foreach (byte value in data)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        return [(byte)(b >> 8), (byte)b, (byte)(a >> 8), (byte)a];
    }
}
