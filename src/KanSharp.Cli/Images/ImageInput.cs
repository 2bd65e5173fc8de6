using KanSharp.Data.Images;

namespace KanSharp.Cli.Images;

/// <summary>The images that a command names: a known data set, a folder of IDX files, or a folder with a folder of pictures for each class.</summary>
internal static class ImageInput
{
    private const string IdxImages = "train-images-idx3-ubyte";

    /// <summary>Training images, and test images where there are some.</summary>
    public static (ImageSet Train, ImageSet? Test) Read(string data, string? from)
    {
        if (KnownImages.All.Any(set => set.Name == data))
            return KnownImages.Open(data, from);
        if (!Directory.Exists(data))
            throw UserErrorException.Usage($"'{data}' is neither a known data set ({string.Join(", ", KnownImages.All.Select(set => set.Name))}) nor a folder");
        if (from is not null)
            throw UserErrorException.Usage($"--from goes with the name of a known data set; '{data}' is a folder");
        if (File.Exists(Path.Combine(data, IdxImages)) || File.Exists(Path.Combine(data, IdxImages + ".gz")))
            return (ImageSet.FromIdxFolder(data, train: true), ImageSet.FromIdxFolder(data, train: false));
        ImageSet train = ImageSet.FromFolder(data, train: true);
        return (train, Directory.Exists(Path.Combine(data, "test")) ? ImageSet.FromFolder(data, train: false) : null);
    }

    /// <summary>The images that a model is to be measured on: the test images, or all of a folder without such a part.</summary>
    public static ImageSet ReadFor(string part, string data, string? from)
    {
        (ImageSet train, ImageSet? test) = Read(data, from);
        return part == "train" ? train : test ?? train;
    }

    /// <summary>Training and validation images; validation is null for a count of 0.</summary>
    public static (ImageSet Train, ImageSet? Validation) Split(ImageSet images, TrainSettings settings)
    {
        if (settings.Images is { } most && most < images.Count)
            images = images.Split(images.Count - most, settings.Seed).Train;
        int held = settings.Validation ?? images.Count / 6;
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
