using System.Globalization;
using KanSharp.Data.Images;

namespace KanSharp.Cli.Images;

/// <summary>Reads --augment: shift=2,rotate=10,scale=0.1,flip=0.5,crop=4,erase=0.25.</summary>
internal static class Augmentations
{
    public const string Help = "shift=2,rotate=10,...";

    public const string Description = "Random changes of the training images: shift (pixels), rotate (degrees), scale (share), flip (probability), crop (pixels of padding), erase (probability). [default: none]";

    public static ImageAugmentation? Parse(string? text, ulong seed)
    {
        if (text is null or "none")
            return null;
        var augmentation = new ImageAugmentation { Seed = seed };
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] sides = part.Split('=', 2, StringSplitOptions.TrimEntries);
            double value = 0.5;
            if (sides.Length == 2 && !double.TryParse(sides[1], NumberStyles.Float, CultureInfo.InvariantCulture, out value))
                throw Wrong(part);
            try
            {
                augmentation = (sides[0], sides.Length) switch
                {
                    ("shift", 2) when value == Math.Round(value) => augmentation with { MaxShift = (int)value },
                    ("rotate", 2) => augmentation with { MaxRotation = value },
                    ("scale", 2) => augmentation with { MinScale = 1 - value, MaxScale = 1 + value },
                    ("flip", _) => augmentation with { FlipProbability = value },
                    ("crop", 2) when value == Math.Round(value) => augmentation with { CropPadding = (int)value },
                    ("erase", _) => augmentation with { EraseProbability = value },
                    _ => throw Wrong(part),
                };
            }
            catch (ArgumentException error)
            {
                throw UserErrorException.Usage($"--augment {part}: {Tool.WithoutParameter(error)}");
            }
        }

        return augmentation;
    }

    private static UserErrorException Wrong(string part) =>
        UserErrorException.Usage($"--augment is '{part}'; expected {Help} with shift, rotate, scale, flip, crop or erase");
}
