using KanSharp.Data.Images;
using KanSharp.Interchange.TensorBoard;
using KanSharp.Tests.Cli;

namespace KanSharp.Tests.Interchange.TensorBoard;

/// <summary>Event files against a reader of their own.</summary>
public sealed class TensorBoardWriterTests
{
    [Fact]
    public void The_checksum_has_the_known_check_value()
    {
        Assert.Equal(0xE3069283u, EventRecords.Crc32C("123456789"u8));
        Assert.Equal(0xE3069283u, EventFile.Crc32C("123456789"u8));
        var random = new Random(1);
        for (int length = 0; length < 70; length++)
        {
            var data = new byte[length];
            random.NextBytes(data);
            Assert.Equal(EventFile.Crc32C(data), EventRecords.Crc32C(data));
        }
    }

    [Fact]
    public void Scalars_have_time_step_tag_and_value()
    {
        using var folder = new CliFolder();
        var clock = new FixedClock(new DateTimeOffset(2026, 3, 4, 5, 6, 7, 250, TimeSpan.Zero));
        using (var writer = new TensorBoardWriter(folder["run"], clock))
        {
            writer.AddScalar("loss/training", 0.25, 1);
            writer.AddScalar("loss/größe", double.NaN, 1L << 40);
        }

        string file = Assert.Single(Directory.GetFiles(folder["run"]));
        Assert.Equal($"events.out.tfevents.{clock.GetUtcNow().ToUnixTimeSeconds()}.kan", Path.GetFileName(file));
        List<EventFile.Entry> entries = EventFile.Read(file);
        Assert.Equal(["loss/training", "loss/größe"], entries.Select(entry => entry.Tag));
        Assert.Equal([1, 1L << 40], entries.Select(entry => entry.Step));
        Assert.Equal([0.25f, float.NaN], entries.Select(entry => entry.Value.Single(2)));
        Assert.All(entries, entry => Assert.Equal(clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, entry.Time));
    }

    [Fact]
    public void Two_writers_of_one_second_have_files_of_their_own()
    {
        using var folder = new CliFolder();
        var clock = new FixedClock(DateTimeOffset.UnixEpoch);
        using var first = new TensorBoardWriter(folder.Path, clock);
        using var second = new TensorBoardWriter(folder.Path, clock);
        Assert.NotEqual(first.Path, second.Path);
        Assert.All(Directory.GetFiles(folder.Path), file => Assert.Contains("tfevents", file));
    }

    [Fact]
    public void Histograms_count_every_finite_value_once() => Check<double>(1e-12);

    [Fact]
    public void Histograms_of_single_precision() => Check<float>(1e-5);

    [Fact]
    public void Histograms_of_nothing_of_one_value_and_of_the_largest_numbers()
    {
        using var folder = new CliFolder();
        using (var writer = new TensorBoardWriter(folder.Path))
        {
            writer.AddHistogram<double>("none", [double.NaN], 0);
            writer.AddHistogram<double>("same", [2, 2, 2], 0);
            writer.AddHistogram<double>("wide", [double.MinValue, 0, double.MaxValue], 0);
        }

        WireFields[] histograms = [.. EventFile.Read(Directory.GetFiles(folder.Path)[0]).Select(entry => new WireFields(entry.Value.Bytes(5)))];
        Assert.Equal([0, 3, 3], histograms.Select(histogram => histogram.Double(3)));
        Assert.Equal([3.0], histograms[1].Doubles(7));
        Assert.Equal([2.0], histograms[1].Doubles(6));
        Assert.Equal(3, histograms[2].Doubles(7).Sum());
        Assert.All(histograms[2].Doubles(6), limit => Assert.True(double.IsFinite(limit)));
    }

    [Fact]
    public void Pictures_are_png_files()
    {
        using var folder = new CliFolder();
        var grey = new RasterImage(3, 2, 1, [0, 50, 100, 150, 200, 250]);
        var colour = new RasterImage(1, 1, 3, [1, 2, 3]);
        using (var writer = new TensorBoardWriter(folder.Path))
        {
            writer.AddImage("a", grey, 3);
            writer.AddImage("b", colour, 4);
        }

        List<EventFile.Entry> entries = EventFile.Read(Directory.GetFiles(folder.Path)[0]);
        WireFields[] images = [.. entries.Select(entry => new WireFields(entry.Value.Bytes(4)))];
        Assert.Equal([(2, 3, 1), (1, 1, 3)], images.Select(image => ((int)image.Number(1), (int)image.Number(2), (int)image.Number(3))));
        Assert.Equal(grey.Pixels.ToArray(), Png.Parse(images[0].Bytes(4)).Pixels.ToArray());
        Assert.Equal(colour.Pixels.ToArray(), Png.Parse(images[1].Bytes(4)).Pixels.ToArray());
    }

    [Fact]
    public void A_file_that_is_cut_off_is_good_up_to_there()
    {
        using var folder = new CliFolder();
        using (var writer = new TensorBoardWriter(folder.Path))
        {
            for (int step = 0; step < 5; step++)
                writer.AddScalar("x", step, step);
        }

        byte[] file = File.ReadAllBytes(Directory.GetFiles(folder.Path)[0]);
        List<byte[]> all = EventFile.Records(file);
        Assert.Equal(6, all.Count);
        for (int length = 0; length <= file.Length; length++)
        {
            List<byte[]> kept = EventFile.Records(file.AsSpan(0, length));
            Assert.Equal(all.Take(kept.Count), kept);
            Assert.True(kept.Sum(record => record.Length + 16) <= length);
            Assert.True(kept.Count == all.Count || kept.Sum(record => record.Length + 16) + all[kept.Count].Length + 16 > length);
        }
    }

    [Fact]
    public void What_is_flushed_can_be_read_while_the_file_is_open()
    {
        using var folder = new CliFolder();
        using var writer = new TensorBoardWriter(folder.Path);
        writer.AddScalar("x", 1, 1);
        writer.Flush();
        Assert.Equal("x", Assert.Single(EventFile.Read(writer.Path)).Tag);
    }

    [Fact]
    public void Several_threads_write_whole_records()
    {
        using var folder = new CliFolder();
        using (var writer = new TensorBoardWriter(folder.Path))
            Parallel.For(0, 400, step => writer.AddScalar($"curve{step % 3}", step, step));
        Assert.Equal(Enumerable.Range(0, 400).Select(step => (long)step), EventFile.Read(Directory.GetFiles(folder.Path)[0]).Select(entry => entry.Step).Order());
    }

    [Fact]
    public void Misuse_is_refused()
    {
        using var folder = new CliFolder();
        using var writer = new TensorBoardWriter(folder.Path);
        Assert.Throws<ArgumentException>(() => writer.AddScalar("", 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.AddScalar("x", 1, -1));
        Assert.Throws<ArgumentNullException>(() => writer.AddImage("x", null!, 1));
    }

    private static void Check<T>(double tolerance)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using var folder = new CliFolder();
        var random = new Random(5);
        T[] values = [.. Enumerable.Range(0, 1000).Select(_ => T.CreateChecked((random.NextDouble() * random.NextDouble() * 7) - 2)), T.NaN, T.PositiveInfinity];
        using (var writer = new TensorBoardWriter(folder.Path))
            writer.AddHistogram<T>("h", values, 2);
        WireFields histogram = new(Assert.Single(EventFile.Read(Directory.GetFiles(folder.Path)[0])).Value.Bytes(5));
        double[] finite = [.. values.Select(double.CreateChecked).Where(double.IsFinite)], limits = histogram.Doubles(6), counts = histogram.Doubles(7);
        Assert.Equal((finite.Min(), finite.Max(), 1000), (histogram.Double(1), histogram.Double(2), histogram.Double(3)));
        Assert.Equal(finite.Sum(), histogram.Double(4), tolerance * 1000);
        Assert.Equal(finite.Sum(value => value * value), histogram.Double(5), tolerance * 1000);
        Assert.Equal(30, limits.Length);
        Assert.Equal(limits.Order(), limits);
        Assert.Equal(finite.Max(), limits[^1]);
        double below = double.NegativeInfinity;
        for (int bucket = 0; bucket < limits.Length; bucket++)
        {
            // the least value belongs to the first bucket, a limit to the one behind it
            bool last = bucket == limits.Length - 1;
            Assert.Equal(finite.Count(value => value >= below && (last || value < limits[bucket])), counts[bucket]);
            below = limits[bucket];
        }
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
