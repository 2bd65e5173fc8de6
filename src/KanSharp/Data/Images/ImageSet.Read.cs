namespace KanSharp.Data.Images;

/// <content>Ways to read images.</content>
public sealed partial class ImageSet
{
    /// <summary>Reads a folder with files of the MNIST family: <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, and <c>t10k-…</c> for the test, each packed (.gz) or not.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="train">The training images, or those of the test.</param>
    /// <param name="classNames">Name of each class; null takes the numbers.</param>
    /// <param name="name">Name of the set; null takes the folder's.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="DataFormatException">The content is not what it should be.</exception>
    public static ImageSet FromIdxFolder(string folder, bool train, IReadOnlyList<string>? classNames = null, string? name = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string part = train ? "train" : "t10k";
        return FromIdx(
            IdxFolder.Find(folder, $"{part}-images-idx3-ubyte"), IdxFolder.Find(folder, $"{part}-labels-idx1-ubyte"), classNames, name ?? IdxFolder.NameOf(folder));
    }

    /// <summary>Reads a file of images [N, height, width] (grey) or [N, channels, height, width] and a file of labels [N] in IDX format.</summary>
    /// <param name="images">File of the images; gzip is unpacked.</param>
    /// <param name="labels">File of the labels; gzip is unpacked.</param>
    /// <param name="classNames">Name of each class; null takes the numbers.</param>
    /// <param name="name">Name of the set; null takes that of the images' file.</param>
    /// <exception cref="DataFormatException">The content is not what it should be.</exception>
    /// <exception cref="IOException">A file can not be read.</exception>
    public static ImageSet FromIdx(string images, string labels, IReadOnlyList<string>? classNames = null, string? name = null) =>
        IdxFolder.Join(IdxFile.Read(images), IdxFile.Read(labels), classNames, Path.GetFileName(images), Path.GetFileName(labels), name);

    /// <summary>Reads CIFAR-10 in the binary version: 32×32 pixels, red, green, blue, ten classes.</summary>
    /// <param name="path"><c>cifar-10-binary.tar.gz</c>, or a folder with <c>data_batch_1.bin</c> … <c>data_batch_5.bin</c> and <c>test_batch.bin</c> or with a folder <c>cifar-10-batches-bin</c>.</param>
    /// <param name="train">The training images, or those of the test.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="DataFormatException">The content is not what it should be.</exception>
    public static ImageSet FromCifar10(string path, bool train) => Cifar10.Read(path, train);

    /// <summary>
    /// Reads a folder with one sub-folder of images for each class (PNG, PGM, PPM), classes in the order of their names. All images have one size. Grey
    /// images among coloured ones become coloured.
    /// </summary>
    /// <param name="folder">The folder; where it has sub-folders <c>train</c> and <c>test</c> (or <c>val</c>), these hold the classes.</param>
    /// <param name="train">Which of the sub-folders <c>train</c> and <c>test</c> to read (default train); without effect where there are none.</param>
    /// <exception cref="DirectoryNotFoundException">The folder is missing.</exception>
    /// <exception cref="DataFormatException">An image is damaged or has another size than the others, or there is none.</exception>
    public static ImageSet FromFolder(string folder, bool train = true) => ImageFolder.Read(folder, train);
}
