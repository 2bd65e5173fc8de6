using KanSharp.Data.Images;

namespace KanSharp.Tests.Data.Images;

/// <summary>Random changes of images: what they do exactly, and that they depend on seed, epoch and image alone.</summary>
public sealed class AugmentationTests
{
    private static readonly ImageSet Set = ImageSetTests.Make(40, channels: 3, side: 7);

    [Fact]
    public void Without_changes_the_bytes_are_exactly_those_of_the_image()
    {
        float[] plain = Read(new ImageSource<float>(Set, ImageNormalization.Cifar10), 3, 0);
        Assert.Equal(Set.ToTensor<float>(ImageNormalization.Cifar10).Span.Slice(3 * 147, 147).ToArray(), plain);
        Assert.Equal(plain, Changed(default(ImageChange) with { Scale = 1 }));

        // a full turn goes through the resampling and lands on the same pixels
        Assert.Equal(plain, Changed(new ImageChange(0, 0, 2 * Math.PI, 1, false)));
    }

    [Theory]
    [InlineData(2, -1, false)]
    [InlineData(0, 3, true)]
    [InlineData(-9, 0, false)]
    public void Whole_shifts_and_flips_move_pixels_exactly(int dx, int dy, bool flip)
    {
        float[] plain = Read(new ImageSource<float>(Set, ImageNormalization.Cifar10), 3, 0), moved = Changed(new ImageChange(dx, dy, 0, 1, flip)), resampled = Changed(new ImageChange(dx, dy, 2 * Math.PI, 1, flip));
        float[] fill = [.. new ImageSet(new byte[] { 50, 50, 50 }, 3, 1, 1, [0], ["a"]).ToTensor<float>(ImageNormalization.Cifar10).Span];
        for (int i = 0; i < 147; i++)
        {
            (int channel, int y, int x) = (i / 49, i / 7 % 7, i % 7);
            (int fromX, int fromY) = (flip ? 6 - (x - dx) : x - dx, y - dy);
            float expected = fromX is >= 0 and < 7 && fromY is >= 0 and < 7 ? plain[channel * 49 + fromY * 7 + fromX] : fill[channel];
            Assert.Equal(expected, moved[i]);
            Assert.Equal(expected, resampled[i]);
        }
    }

    [Fact]
    public void A_quarter_turn_is_exact()
    {
        float[] plain = Read(new ImageSource<float>(Set, ImageNormalization.Cifar10), 3, 0), turned = Changed(new ImageChange(0, 0, Math.PI / 2, 1, false));
        for (int i = 0; i < 147; i++)
        {
            // clockwise: the left column becomes the top row
            (int channel, int y, int x) = (i / 49, i / 7 % 7, i % 7);
            Assert.Equal(plain[channel * 49 + (6 - x) * 7 + y], turned[i]);
        }
    }

    [Fact]
    public void Enlargement_interpolates_between_pixels()
    {
        // a ramp stays a ramp: about the centre (1.5) everything is half as far away
        var ramp = new ImageSet(new byte[] { 0, 60, 120, 180 }, 1, 1, 4, [0], ["a"]);
        var values = new double[4];
        new ImageSampler<double>(1, 1, 4, ImageNormalization.None, 0).Changed(ramp.Pixels(0), new ImageChange(0, 0, 0, 2, false), values);
        Assert.Equal([45 / 255.0, 75 / 255.0, 105 / 255.0, 135 / 255.0], values, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Changes_depend_on_seed_epoch_and_image_alone_and_stay_within_their_limits()
    {
        var augmentation = new ImageAugmentation
        {
            MaxShift = 2,
            MaxRotation = 10,
            MinScale = 0.9,
            MaxScale = 1.2,
            FlipProbability = 0.5,
            CropPadding = 1,
            EraseProbability = 0.3,
            Seed = 5,
        };
        var source = new ImageSource<float>(Set, null, augmentation);
        float[] one = Read(source, 7, 2), other = Read(source, 7, 3), neighbour = Read(source, 8, 2);
        Assert.NotEqual(one, other);
        var together = new float[3 * 147];
        source.Read([8, 7, 8], 2, together);
        Assert.Equal(neighbour, together[..147]);
        Assert.Equal(one, together[147..294]);
        Assert.Equal(neighbour, together[294..]);
        Assert.NotEqual(one, Read(new ImageSource<float>(Set, null, augmentation with { Seed = 6 }), 7, 2));
        Assert.Equal(Read(new ImageSource<float>(Set), 7, 0), Read(source, 7, ImageSource<float>.Plain));

        ImageChange[] changes = [.. Enumerable.Range(0, 2000).Select(image => augmentation.Change(augmentation.Key(), 1, image, 28, 28))];
        Assert.All(changes, change => Assert.True(
            Math.Abs(change.Dx) <= 3 && Math.Abs(change.Dy) <= 3 && Math.Abs(change.Rotation) <= 10 * Math.PI / 180 && change.Scale is >= 0.9 and <= 1.2
            && change.Left + change.Wide <= 28 && change.Top + change.High <= 28 && change.Wide * change.High <= 0.36 * 28 * 28));
        Assert.Equal(7, changes.Select(change => change.Dx).Distinct().Count());
        Assert.InRange(changes.Count(change => change.Flip), 900, 1100);
        Assert.InRange(changes.Count(change => change.Wide > 0), 520, 680);
        Assert.InRange(changes.Average(change => change.Rotation), -0.01, 0.01);
    }

    [Fact]
    public void A_covered_rectangle_has_the_byte_of_the_fill()
    {
        var values = new float[147];
        new ImageSampler<float>(3, 7, 7, ImageNormalization.None, 51).Changed(Set.Pixels(0), new ImageChange(0, 0, 0, 1, false) { Left = 2, Top = 1, Wide = 3, High = 2 }, values);
        for (int i = 0; i < 147; i++)
        {
            (int y, int x) = (i / 7 % 7, i % 7);
            Assert.Equal(x is >= 2 and < 5 && y is 1 or 2 && x is >= 2 and < 5 ? 0.2f : (float)(Set.Pixels(0)[i] * (1 / 255.0)), values[i]);
        }
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        Assert.Contains("MaxRotation", Assert.Throws<ArgumentOutOfRangeException>(() => new ImageAugmentation { MaxRotation = 181 }).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageAugmentation { MaxShift = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageAugmentation { FlipProbability = double.NaN });
        Assert.Contains("MinScale", Assert.Throws<ArgumentException>(() => new ImageSource<float>(Set, null, new ImageAugmentation { MinScale = 1.5, MaxScale = 1.2 })).Message);
    }

    private static float[] Changed(ImageChange change)
    {
        var values = new float[147];
        new ImageSampler<float>(3, 7, 7, ImageNormalization.Cifar10, 50).Changed(Set.Pixels(3), change, values);
        return values;
    }

    private static float[] Read(ImageSource<float> source, int image, int epoch)
    {
        var values = new float[source.SampleShape.Count];
        source.Read([image], epoch, values);
        return values;
    }
}
