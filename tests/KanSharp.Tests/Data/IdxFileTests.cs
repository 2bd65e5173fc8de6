using System.IO.Compression;
using System.Security.Cryptography;
using KanSharp.Data;

namespace KanSharp.Tests.Data;

public class IdxFileTests
{
    private static readonly byte[] TwoImages = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];

    [Fact]
    public void ReadsShapeAndBytes()
    {
        IdxFile file = IdxFile.Parse(TwoImages);
        Assert.Equal([2, 1, 3], file.Shape.ToArray());
        Assert.Equal((2, 3), (file.Count, file.ItemSize));
        Assert.Equal([1, 2, 3, 4, 5, 6], file.Data.ToArray());
    }

    [Theory]
    [InlineData(0, 1, "two zero bytes")]
    [InlineData(2, 13, "type 0x0D")]
    [InlineData(3, 0, "0 dimensions")]
    [InlineData(3, 200, "200 dimensions")]
    [InlineData(7, 3, "needs 9")]
    [InlineData(4, 255, "too large")]
    public void BrokenHeadersAreExplained(int position, byte value, string expected)
    {
        byte[] bytes = [.. TwoImages];
        bytes[position] = value;
        Assert.Contains(expected, Assert.Throws<DataFormatException>(() => IdxFile.Parse(bytes, "i.idx")).Message);
    }

    [Fact]
    public void EveryTruncationIsRejected()
    {
        for (int length = 0; length < TwoImages.Length; length++)
            Assert.Throws<DataFormatException>(() => IdxFile.Parse(TwoImages.AsMemory(0, length)));
        Assert.Throws<DataFormatException>(() => IdxFile.Parse((byte[])[.. TwoImages, 0]));
    }

    [Fact]
    public void GzipIsTransparentAndDamageIsReported()
    {
        string path = Path.Combine(Path.GetTempPath(), $"kansharp-{Guid.NewGuid():N}");
        try
        {
            using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
                gzip.Write(TwoImages);
            Assert.Equal(2, IdxFile.Read(path).Count);
            byte[] packed = File.ReadAllBytes(path);
            File.WriteAllBytes(path, packed[..^12]);
            Assert.Throws<DataFormatException>(() => IdxFile.Read(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void MnistIsWhatItsChecksumSays()
    {
        string images = WorkplaceData.Require("mnist/train-images-idx3-ubyte.gz");
        IdxFile file = IdxFile.Read(images);
        Assert.Equal([60000, 28, 28], file.Shape.ToArray());
        byte[] header = [0, 0, 8, 3, 0, 0, 0xEA, 0x60, 0, 0, 0, 28, 0, 0, 0, 28];
        Assert.Equal(
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            Convert.ToHexStringLower(SHA256.HashData([.. header, .. file.Data.Span])));
        IdxFile labels = IdxFile.Read(WorkplaceData.Require("fashion_mnist/t10k-labels-idx1-ubyte.gz"));
        Assert.Equal((10000, 1), (labels.Count, labels.ItemSize));
        Assert.Equal(10, labels.Data.ToArray().Distinct().Count());
    }
}
