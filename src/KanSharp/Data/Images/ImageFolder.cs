namespace KanSharp.Data.Images;

/// <summary>A folder of images with one sub-folder for each class.</summary>
internal static class ImageFolder
{
    private static readonly string[] Endings = [".png", ".pgm", ".ppm", ".pnm"];
    private static readonly string[] TestNames = ["test", "val", "validation"];

    public static ImageSet Read(string folder, bool train)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder '{folder}' does not exist; a folder with one sub-folder of images for each class was expected.");
        string root = Part(folder, train);
        string[] classes = [.. Directory.GetDirectories(root).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];
        (string Path, int Label)[] files =
            [.. classes.SelectMany((name, label) => Images(Path.Combine(root, name)).Select(path => (path, label)))];
        if (files.Length == 0)
            throw new DataFormatException("there are no images; sub-folders named after the classes with .png, .pgm or .ppm files were expected", root);
        RasterImage[] images = [.. files.Select(file => RasterImage.Read(file.Path))];
        int channels = images.Max(image => image.Channels), size = channels * images[0].Width * images[0].Height;
        var pixels = new byte[checked(size * images.Length)];
        for (int i = 0; i < images.Length; i++)
        {
            if (images[i].Width != images[0].Width || images[i].Height != images[0].Height)
                throw new DataFormatException($"the image is {images[i].Width}×{images[i].Height}, the first one ({Path.GetFileName(files[0].Path)}) {images[0].Width}×{images[0].Height}; all must have one size", files[i].Path);
            for (int channel = 0; channel < channels; channel++)
                images[i].Plane(Math.Min(channel, images[i].Channels - 1)).CopyTo(pixels.AsSpan(i * size + channel * (size / channels)));
        }

        return new ImageSet(pixels, channels, images[0].Height, images[0].Width, [.. files.Select(file => file.Label)], classes, IdxFolder.NameOf(folder));
    }

    private static IEnumerable<string> Images(string folder) =>
        Directory.GetFiles(folder).Where(path => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal);

    private static string Part(string folder, bool train)
    {
        string trained = Path.Combine(folder, "train");
        string? tested = TestNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(Directory.Exists);
        if (!Directory.Exists(trained))
            return train || tested is null ? folder : throw new DirectoryNotFoundException($"'{folder}' has {Path.GetFileName(tested)} but no folder train beside it.");
        if (train)
            return trained;
        return tested ?? throw new DirectoryNotFoundException($"'{folder}' has a folder train but none of {string.Join(", ", TestNames)}: there are no test images.");
    }
}
