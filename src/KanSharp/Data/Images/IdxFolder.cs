using System.Globalization;

namespace KanSharp.Data.Images;

/// <summary>Finds and joins the files of the MNIST family.</summary>
internal static class IdxFolder
{
    /// <summary>Path of a file under one of the names that are in use: packed or not, with a dot in place of the second dash.</summary>
    public static string Find(string folder, string file) => TryFind(folder, file) ?? throw new FileNotFoundException(
        $"'{folder}' has no file {file}.gz or {file}. The four files of the MNIST family are train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, packed (.gz) or not.",
        Path.Combine(folder, file));

    public static string? TryFind(string folder, string file)
    {
        string dotted = file.Replace("-idx", ".idx", StringComparison.Ordinal);
        return new[] { file + ".gz", file, dotted + ".gz", dotted }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    public static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))) is { Length: > 0 } name ? name : "images";

    public static ImageSet Join(IdxFile images, IdxFile labels, IReadOnlyList<string>? classNames, string imagesName, string labelsName, string? name)
    {
        ReadOnlySpan<int> shape = images.Shape;
        if (shape.Length is not (3 or 4) || images.Data.Length == 0)
            throw new DataFormatException($"the shape is [{string.Join(", ", shape.ToArray())}]; images [N, height, width] or [N, channels, height, width] were expected", imagesName);
        if (labels.Shape.Length != 1 || labels.Count != images.Count)
            throw new DataFormatException($"the shape is [{string.Join(", ", labels.Shape.ToArray())}]; {imagesName} has {images.Count} images, each needs one label", labelsName);
        ReadOnlySpan<byte> bytes = labels.Data.Span;
        var classes = new int[bytes.Length];
        int most = 1;
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = bytes[i];
            if (classNames is not null && classes[i] >= classNames.Count)
                throw new DataFormatException($"label {i} is {classes[i]}; there are {classNames.Count} classes, 0 to {classNames.Count - 1}", labelsName);
            most = Math.Max(most, classes[i]);
        }

        classNames ??= [.. Enumerable.Range(0, most + 1).Select(label => label.ToString(CultureInfo.InvariantCulture))];
        return new ImageSet(images.Data, shape.Length == 4 ? shape[1] : 1, shape[^2], shape[^1], classes, classNames, name ?? imagesName);
    }
}
