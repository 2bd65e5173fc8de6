using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using KanSharp.Data;
using KanSharp.Data.Images;
using KanSharp.Numerics;
using KanSharp.Tests.Cli;

namespace KanSharp.Tests.Data.Images;

/// <summary>IDX, CIFAR-10, PGM and PPM, folders of images.</summary>
public sealed class ImageReaderTests
{
    [Fact]
    public void Grey_and_coloured_text_and_bytes()
    {
        Assert.Equal([0, 17, 255, 136], RasterImage.Parse("P2\n# comment\n2 2 # size\n15\n0 1\n15 8\n"u8).Pixels.ToArray());
        Assert.Equal("abcd"u8.ToArray(), RasterImage.Parse("P5 2 2 255\nabcd"u8).Pixels.ToArray());
        Assert.Equal([1, 4, 2, 5, 3, 6], RasterImage.Parse("P3 2 1 255 1 2 3 4 5 6"u8).Pixels.ToArray());
        Assert.Equal([1, 4, 2, 5, 3, 6], RasterImage.Parse([.. "P6 2 1 255\n"u8, 1, 2, 3, 4, 5, 6]).Pixels.ToArray());
        Assert.Equal([255, 128], RasterImage.Parse([.. "P5 2 1 65535\n"u8, 255, 255, 128, 0]).Pixels.ToArray());
        foreach (string bad in (string[])["P5 2 2 255\nabc", "P5 0 2 255\n", "P4 2 2\n", "P2 2 2 255 1 2 3 x", "P2 2 1 255 1 256", "P5 999999999 999999999 255\n", "P5 2 2 70000\nabcdabcd", "P5"])
            Assert.Throws<DataFormatException>(() => RasterImage.Parse(Encoding.Latin1.GetBytes(bad)));
    }

    [Fact]
    public void A_folder_of_the_mnist_family_packed_or_not()
    {
        using var folder = new CliFolder();
        Idx(folder["train-images-idx3-ubyte"], [3, 2, 2], [.. Enumerable.Range(0, 12).Select(i => (byte)i)], pack: false);
        Idx(folder["train-labels-idx1-ubyte.gz"], [3], [1, 0, 2], pack: true);
        ImageSet set = ImageSet.FromIdxFolder(folder.Path, train: true, ["a", "b", "c"], "tiny");
        Assert.Equal((3, 1, 2, 2, "tiny"), (set.Count, set.Channels, set.Height, set.Width, set.Name));
        Assert.Equal([1, 0, 2], set.Labels.ToArray());
        Assert.Equal([4, 5, 6, 7], set.Pixels(1).ToArray());
        FileNotFoundException missing = Assert.Throws<FileNotFoundException>(() => ImageSet.FromIdxFolder(folder.Path, train: false));
        Assert.Contains("t10k-images-idx3-ubyte", missing.Message);
        Assert.Contains("label 2 is 2; there are 2 classes", Assert.Throws<DataFormatException>(() => ImageSet.FromIdxFolder(folder.Path, true, ["a", "b"])).Message);
        Idx(folder["train-labels-idx1-ubyte.gz"], [2], [1, 0], pack: true);
        Assert.Contains("3 images", Assert.Throws<DataFormatException>(() => ImageSet.FromIdxFolder(folder.Path, true)).Message);
    }

    [Fact]
    public void Cifar_from_a_folder_and_from_the_archive()
    {
        using var folder = new CliFolder();
        Directory.CreateDirectory(folder["cifar-10-batches-bin"]);
        for (int batch = 1; batch <= 6; batch++)
            File.WriteAllBytes(folder[$"cifar-10-batches-bin/{(batch == 6 ? "test_batch" : $"data_batch_{batch}")}.bin"], Records(batch, 2));
        using (var packed = new GZipStream(File.Create(folder["cifar-10-binary.tar.gz"]), CompressionLevel.Fastest))
            TarFile.CreateFromDirectory(folder["cifar-10-batches-bin"], packed, includeBaseDirectory: true);
        ImageSet fromFolder = ImageSet.FromCifar10(folder.Path, train: true), fromArchive = ImageSet.FromCifar10(folder["cifar-10-binary.tar.gz"], train: true);
        Assert.Equal((10, 3, 32, 32), (fromFolder.Count, fromFolder.Channels, fromFolder.Height, fromFolder.Width));
        Assert.Equal([1, 2, 2, 3, 3, 4, 4, 5, 5, 6], fromFolder.Labels.ToArray());
        Assert.Equal("frog", fromFolder.ClassNames[6]);
        for (int image = 0; image < 10; image++)
        {
            Assert.Equal(Records(image / 2 + 1, 2).AsSpan(1 + image % 2 * 3073, 3072).ToArray(), fromFolder.Pixels(image).ToArray());
            Assert.Equal(fromFolder.Pixels(image).ToArray(), fromArchive.Pixels(image).ToArray());
        }

        Assert.Equal(2, ImageSet.FromCifar10(folder["cifar-10-binary.tar.gz"], train: false).Count);
        byte[] archive = File.ReadAllBytes(folder["cifar-10-binary.tar.gz"]);
        File.WriteAllBytes(folder["cut.tar.gz"], archive[..(archive.Length / 2)]);
        Assert.Throws<DataFormatException>(() => ImageSet.FromCifar10(folder["cut.tar.gz"], train: true));
        File.WriteAllBytes(folder["cifar-10-batches-bin/test_batch.bin"], [11, .. new byte[3072]]);
        Assert.Contains("label 11", Assert.Throws<DataFormatException>(() => ImageSet.FromCifar10(folder.Path, train: false)).Message);
        File.WriteAllBytes(folder["cifar-10-batches-bin/test_batch.bin"], new byte[3072]);
        Assert.Contains("test_batch.bin", Assert.Throws<DataFormatException>(() => ImageSet.FromCifar10(folder.Path, train: false)).Message);
    }

    [Fact]
    public void Damaged_archives_give_only_the_exception_for_damage()
    {
        using var folder = new CliFolder();
        Directory.CreateDirectory(folder["in"]);
        File.WriteAllBytes(folder["in/test_batch.bin"], Records(1, 1));
        using (FileStream tar = File.Create(folder["whole.tar"]))
            TarFile.CreateFromDirectory(folder["in"], tar, includeBaseDirectory: false);
        byte[] whole = File.ReadAllBytes(folder["whole.tar"]);
        var random = new SplitRandom(11);
        int refused = 0;
        for (int round = 0; round < 300; round++)
        {
            // the header of the entry is what can be damaged: what follows are pixels
            byte[] bytes = [.. whole];
            bytes[random.NextInt(512)] = (byte)random.NextInt(256);
            bytes[random.NextInt(bytes.Length)] ^= 1;
            File.WriteAllBytes(folder["damaged.tar"], random.NextInt(4) == 0 ? bytes[..random.NextInt(bytes.Length)] : bytes);
            try
            {
                ImageSet.FromCifar10(folder["damaged.tar"], train: false);
            }
            catch (DataFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 50, 300);
    }

    [Fact]
    public void A_folder_with_a_folder_for_each_class()
    {
        using var folder = new CliFolder();
        foreach (string name in (string[])["train/dog", "train/cat", "test/cat"])
            Directory.CreateDirectory(folder[name]);
        Png.Write(folder["train/cat/1.png"], new RasterImage(2, 1, 1, [1, 2]));
        Png.Write(folder["train/dog/1.png"], new RasterImage(2, 1, 3, [3, 4, 5, 6, 7, 8]));
        File.WriteAllBytes(folder["train/dog/2.PGM"], "P5 2 1 255\nab"u8.ToArray());
        folder.Write("train/dog/notes.txt", "not an image");
        File.WriteAllBytes(folder["test/cat/9.ppm"], "P3 2 1 255 1 2 3 4 5 6"u8.ToArray());
        ImageSet train = ImageSet.FromFolder(folder.Path), test = ImageSet.FromFolder(folder.Path, train: false);
        Assert.Equal(["cat", "dog"], train.ClassNames);
        Assert.Equal([0, 1, 1], train.Labels.ToArray());
        Assert.Equal([1, 2, 1, 2, 1, 2], train.Pixels(0).ToArray());
        Assert.Equal([3, 4, 5, 6, 7, 8], train.Pixels(1).ToArray());
        Assert.Equal(1, test.Count);
        Png.Write(folder["train/cat/2.png"], new RasterImage(1, 1, 1, [1]));
        DataFormatException size = Assert.Throws<DataFormatException>(() => ImageSet.FromFolder(folder.Path));
        Assert.Contains("2.png", size.Message);
        Assert.Contains("1×1", size.Message);
        Assert.Throws<DirectoryNotFoundException>(() => ImageSet.FromFolder(folder["none"]));
        Assert.Throws<DataFormatException>(() => ImageSet.FromFolder(folder["test/cat"]));
    }

    [Fact]
    public void Mnist_and_fashion_are_what_is_published()
    {
        foreach ((string name, string relative) in (ReadOnlySpan<(string, string)>)[("mnist", "mnist"), ("fashion-mnist", "fashion_mnist")])
        {
            string folder = Path.GetDirectoryName(WorkplaceData.Require($"{relative}/train-images-idx3-ubyte.gz"))!;
            KnownDataset known = KnownImages.Named(name);
            Assert.All(known.Files, file => Assert.Null(DataCache.Verify(file, Path.Combine(folder, file.Name))));
            (ImageSet train, ImageSet test) = KnownImages.Open(name, folder);
            Assert.Equal((60000, 10000, 28), (train.Count, test.Count, train.Width));
            ImageNormalization measured = ImageNormalization.Of(train);
            Assert.Equal(known.Normalization.Means[0], measured.Means[0], 4);
            Assert.Equal(known.Normalization.Deviations[0], measured.Deviations[0], 4);
            int[] counts = [.. Enumerable.Range(0, 10).Select(label => train.Labels.Count(label))];
            Assert.True(name == "mnist" ? counts[0] == 5923 && counts[5] == 5421 : counts.All(count => count == 6000));
        }
    }

    internal static void Idx(string path, int[] shape, byte[] data, bool pack)
    {
        byte[] bytes = [0, 0, 8, (byte)shape.Length, .. shape.SelectMany(size => (byte[])[(byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size]), .. data];
        using Stream stream = pack ? new GZipStream(File.Create(path), CompressionLevel.Fastest) : File.Create(path);
        stream.Write(bytes);
    }

    private static byte[] Records(int batch, int count) =>
        [.. Enumerable.Range(0, count).SelectMany(i => (byte[])[(byte)(batch + i), .. PngTests.Noise(3072, (ulong)(10 * batch + i))])];
}
