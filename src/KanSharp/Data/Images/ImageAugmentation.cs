using System.Globalization;
using KanSharp.Numerics;

namespace KanSharp.Data.Images;

/// <summary>
/// Random changes of training images: shift, rotation, scale, flip, crop and erasing, made in one pass of bilinear resampling. What happens to an image depends
/// on <see cref="Seed"/>, epoch and the number of the image alone. The defaults change nothing.
/// </summary>
public sealed record ImageAugmentation
{
    private const double Degree = Math.PI / 180, LeastErased = 0.02, MostErased = 1.0 / 3;

    // Keeps these random numbers apart from others under the same key
    private const ulong Changes = 32;

    /// <summary>Most whole pixels that an image is moved by, left or right and up or down, all alike likely; at least 0 (default 0).</summary>
    public int MaxShift
    {
        get;
        init => field = value is >= 0 and <= 4096 ? value : throw Refused(nameof(MaxShift), value, "0 to 4096 pixels");
    }

    /// <summary>Largest angle in degrees that an image is turned by about its centre, to either side; 0 to 180 (default 0).</summary>
    public double MaxRotation
    {
        get;
        init => field = value is >= 0 and <= 180 ? value : throw Refused(nameof(MaxRotation), value, "0 to 180 degrees");
    }

    /// <summary>Smallest factor that an image is enlarged by, 0.1 to 10 (default 1).</summary>
    public double MinScale
    {
        get;
        init => field = value is >= 0.1 and <= 10 ? value : throw Refused(nameof(MinScale), value, "0.1 to 10");
    } = 1;

    /// <summary>Largest factor that an image is enlarged by, 0.1 to 10 and at least <see cref="MinScale"/> (default 1).</summary>
    public double MaxScale
    {
        get;
        init => field = value is >= 0.1 and <= 10 ? value : throw Refused(nameof(MaxScale), value, "0.1 to 10");
    } = 1;

    /// <summary>How often left and right are exchanged, 0 to 1 (default 0). Not for digits and letters.</summary>
    public double FlipProbability
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw Refused(nameof(FlipProbability), value, "0 to 1");
    }

    /// <summary>
    /// Pixels of <see cref="Fill"/> put around the image before a window of the old size is cut out at random; at least 0 (default 0). The customary value for
    /// CIFAR-10 is 4.
    /// </summary>
    public int CropPadding
    {
        get;
        init => field = value is >= 0 and <= 4096 ? value : throw Refused(nameof(CropPadding), value, "0 to 4096 pixels");
    }

    /// <summary>How often a rectangle is covered with <see cref="Fill"/>, 2 to 33 % of the area, its sides 1:3 to 3:1; 0 to 1 (default 0).</summary>
    public double EraseProbability
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw Refused(nameof(EraseProbability), value, "0 to 1");
    }

    /// <summary>Byte that stands where the image has no pixels (default 0).</summary>
    public byte Fill { get; init; }

    /// <summary>Seed of the changes (default 0).</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether nothing is ever changed.</summary>
    public bool IsIdentity =>
        MaxShift == 0 && MaxRotation == 0 && MinScale == 1 && MaxScale == 1 && FlipProbability == 0 && CropPadding == 0 && EraseProbability == 0;

    /// <summary>All parameters in words.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"shift {MaxShift}, rotation {MaxRotation}, scale {MinScale} to {MaxScale}, flip {FlipProbability}, crop {CropPadding}, erase {EraseProbability}, fill {Fill}, seed {Seed}");

    /// <summary>The key of the random numbers.</summary>
    internal SplitRandomState Key()
    {
        if (MaxScale < MinScale)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"MaxScale is {MaxScale}, less than MinScale {MinScale}."));
        return new SplitRandom(Seed).Split("augmentation").State;
    }

    /// <summary>What happens to an image in an epoch.</summary>
    internal ImageChange Change(SplitRandomState key, int epoch, int image, int width, int height)
    {
        var random = new Numbers(key, epoch, image);
        int dx = random.Whole(MaxShift), dy = random.Whole(MaxShift);
        dx += random.Whole(CropPadding);
        dy += random.Whole(CropPadding);
        double rotation = (2 * random.Next() - 1) * MaxRotation * Degree;
        double scale = MinScale + random.Next() * (MaxScale - MinScale);
        bool flip = random.Next() < FlipProbability;
        var change = new ImageChange(dx, dy, rotation, scale, flip);
        if (random.Next() >= EraseProbability)
            return change;
        double area = (LeastErased + random.Next() * (MostErased - LeastErased)) * width * height;

        // 1/3 to 3, small and large ones alike likely
        double ratio = 1 + 2 * random.Next();
        ratio = random.Next() < 0.5 ? ratio : 1 / ratio;
        int wide = Math.Clamp((int)Math.Round(Math.Sqrt(area * ratio)), 1, width), high = Math.Clamp((int)Math.Round(Math.Sqrt(area / ratio)), 1, height);
        return change with { Left = (int)(random.Next() * (width - wide + 1)), Top = (int)(random.Next() * (height - high + 1)), Wide = wide, High = high };
    }

    private static ArgumentOutOfRangeException Refused<TValue>(string name, TValue value, string allowed) =>
        new(name, value, $"{name} is {allowed}.");

    /// <summary>The random numbers of one image in one epoch.</summary>
    private struct Numbers(SplitRandomState key, int epoch, int image)
    {
        private readonly SplitRandomState _key = key;
        private (ulong R0, ulong R1, ulong R2, ulong R3) _block;
        private uint _position;

        /// <summary>Uniform on [0, 1).</summary>
        public double Next()
        {
            if (_position % 4 == 0)
                _block = Philox.Block(_key.Key0, _key.Key1, (ulong)epoch, (ulong)image, _position / 4, Changes);
            ulong bits = (_position++ % 4) switch { 0 => _block.R0, 1 => _block.R1, 2 => _block.R2, _ => _block.R3 };
            return (bits >> 11) * (1.0 / (1UL << 53));
        }

        /// <summary>A whole number from −most to most.</summary>
        public int Whole(int most) => (int)(Next() * (2 * most + 1)) - most;
    }
}
