using KanSharp.Data.Images;

namespace KanSharp.Tests.Data.Images;

/// <summary>Sets of images: parts, normalisation, tensors, sheets.</summary>
public sealed class ImageSetTests
{
    internal static ImageSet Make(int count, int channels = 1, int side = 6, int classes = 3, ulong seed = 1) => new(
        PngTests.Noise(count * channels * side * side, seed), channels, side, side,
        [.. Enumerable.Range(0, count).Select(image => image % classes)], [.. Enumerable.Range(0, classes).Select(label => $"class {label}")], "noise");

    [Fact]
    public void Parts_are_disjoint_complete_stratified_and_repeatable()
    {
        ImageSet set = Make(90);
        (ImageSet train, ImageSet held) = set.Split(30, seed: 4);
        Assert.Equal((60, 30), (train.Count, held.Count));
        Assert.All(Enumerable.Range(0, 3), label => Assert.Equal(10, held.Labels.Count(label)));
        IEnumerable<string> all = Enumerable.Range(0, 60).Select(i => Convert.ToHexString(train.Pixels(i))).Concat(Enumerable.Range(0, 30).Select(i => Convert.ToHexString(held.Pixels(i))));
        Assert.Equal(90, all.Distinct().Count());
        Assert.Equal(train.Pixels(7).ToArray(), set.Split(1.0 / 3, seed: 4).Train.Pixels(7).ToArray());
        Assert.NotEqual(held.Pixels(0).ToArray(), set.Split(30, seed: 5).Validation.Pixels(0).ToArray());
        Assert.Equal(30, set.Split(30, seed: 4, stratified: false).Validation.Count);
        Assert.Equal(set.Pixels(2).ToArray(), set.Take(3).Pixels(2).ToArray());
        Assert.Equal(set.Pixels(89).ToArray(), set.Subset([89, 0, 89]).Pixels(2).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Split(90));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Split(0.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Subset([90]));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("take 8 bytes", Assert.Throws<ArgumentException>(() => new ImageSet(new byte[7], 1, 2, 2, [0, 0], ["a"])).Message);
        Assert.Contains("label 1", Assert.Throws<ArgumentException>(() => new ImageSet(new byte[8], 1, 2, 2, [0, 1], ["a"])).Message);
        Assert.Throws<ArgumentException>(() => new ImageSet(default, 1, 2, 2, [], ["a"]));
        Assert.Throws<ArgumentException>(() => new ImageNormalization([0.5], [0]));
        Assert.Contains("3 channels", Assert.Throws<ArgumentException>(() => new ImageSource<float>(Make(3), ImageNormalization.Cifar10)).Message);
    }

    [Fact]
    public void Normalised_values_have_mean_0_and_deviation_1()
    {
        ImageSet set = Make(50, channels: 3);
        ImageNormalization measured = ImageNormalization.Of(set);
        double[] values = set.ToTensor<double>(measured).Span.ToArray();
        for (int channel = 0; channel < 3; channel++)
        {
            double[] plane = [.. values.Where((_, i) => i / 36 % 3 == channel)];
            Assert.Equal(0, plane.Average(), 12);
            Assert.Equal(1, plane.Average(value => value * value), 12);
        }

        Assert.Equal(set.Pixels(4)[40] / 255.0, set.ToTensor<double>().Span[4 * 108 + 40], 15);
        Assert.Equal([-1f, 1f], new ImageSet(new byte[] { 0, 255 }, 1, 1, 2, [0], ["a"]).ToTensor<float>(ImageNormalization.Half).Span.ToArray());
    }

    [Fact]
    public void A_sheet_shows_images_side_by_side()
    {
        var set = new ImageSet(new byte[] { 1, 2, 3 }, 1, 1, 1, [0, 0, 0], ["a"]);
        RasterImage sheet = RasterImage.Sheet(set, [2, 0, 1], columns: 2, background: 9);
        Assert.Equal((3, 3), (sheet.Width, sheet.Height));
        Assert.Equal([3, 9, 1, 9, 9, 9, 2, 9, 9], sheet.Pixels.ToArray());
    }
}
