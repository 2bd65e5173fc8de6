using KanSharp.Data.Images;

namespace KanSharp.Cli.Images;

/// <summary>The images that a command names: a known data set, a folder of IDX files, or a folder with a folder of pictures for each class.</summary>
internal static class ImageInput
{
    private static readonly string[] IdxImages = ["train-images-idx3-ubyte", "train-images.idx3-ubyte"];
    private static readonly string[] TestFolders = ["test", "val", "validation"];

    /// <summary>Training images, and test images of the same shape and classes where there are some.</summary>
    public static (ImageSet Train, ImageSet? Test) Read(string data, string? from)
    {
        (ImageSet train, ImageSet? test) = ReadParts(data, from);
        if (test is null)
            return (train, null);
        if ((test.Channels, test.Height, test.Width) != (train.Channels, train.Height, train.Width))
            throw new UserErrorException($"{data}: the images to train on are {train.Channels} × {train.Height} × {train.Width} (channels, rows, columns), those to test on {test.Channels} × {test.Height} × {test.Width}");
        if (!test.ClassNames.SequenceEqual(train.ClassNames))
            throw new UserErrorException($"{data}: the classes to train on are {string.Join(", ", train.ClassNames)}, those to test on {string.Join(", ", test.ClassNames)}; both parts need a folder for each class");
        return (train, test);
    }

    private static (ImageSet Train, ImageSet? Test) ReadParts(string data, string? from)
    {
        if (KnownImages.All.Any(set => set.Name == data))
            return KnownImages.Open(data, from);
        if (!Directory.Exists(data))
            throw UserErrorException.Usage($"'{data}' is neither a known data set ({string.Join(", ", KnownImages.All.Select(set => set.Name))}) nor a folder");
        if (from is not null)
            throw UserErrorException.Usage($"--from goes with the name of a known data set; '{data}' is a folder");
        if (IdxImages.Any(name => Exists(data, name)))
        {
            ImageSet images = ImageSet.FromIdxFolder(data, train: true);
            return (images, IdxImages.Any(name => Exists(data, name.Replace("train", "t10k", StringComparison.Ordinal))) ? ImageSet.FromIdxFolder(data, train: false, images.ClassNames) : null);
        }

        ImageSet train = ImageSet.FromFolder(data, train: true);
        bool tested = Directory.Exists(Path.Combine(data, "train")) && TestFolders.Any(name => Directory.Exists(Path.Combine(data, name)));
        return (train, tested ? ImageSet.FromFolder(data, train: false) : null);

        static bool Exists(string folder, string name) => File.Exists(Path.Combine(folder, name)) || File.Exists(Path.Combine(folder, name + ".gz"));
    }

    /// <summary>The images that a model is to be measured on, and what they are: those of the part that was asked for, else the test images, or all of a folder without parts.</summary>
    public static (ImageSet Images, string Part) ReadFor(string? part, string data, string? from)
    {
        (ImageSet train, ImageSet? test) = Read(data, from);
        if (part == "test" && test is null)
            throw UserErrorException.Usage($"--part test: {data} has no test images");
        return part == "train" ? (train, "train") : test is not null ? (test, "test") : (train, "all");
    }

    /// <summary>Training and validation images; validation is null for a count of 0.</summary>
    public static (ImageSet Train, ImageSet? Validation) Split(ImageSet images, TrainSettings settings)
    {
        if (settings.Images is { } most && most < images.Count)
            images = images.Split(images.Count - most, settings.Seed).Train;
        int held = settings.Validation ?? Math.Max(1, images.Count / 6);
        if (held >= images.Count)
            throw UserErrorException.Usage($"--validation {held} leaves nothing of {images.Count} images to train on");
        if (held == 0)
            return (images, null);
        (ImageSet train, ImageSet validation) = images.Split(held, settings.Seed);
        return (train, validation);
    }

    /// <summary>What is done to pixels.</summary>
    public static ImageNormalization Normalization(string choice, string data, ImageSet train) => choice switch
    {
        "half" => ImageNormalization.Half,
        "known" => KnownImages.All.FirstOrDefault(set => set.Name == data)?.Normalization
            ?? throw UserErrorException.Usage($"--normalize known: for '{data}' no published mean and deviation are known; take data"),
        _ => ImageNormalization.Of(train),
    };
}
