namespace KanSharp.Data.Images;

/// <summary>The public data sets of images that are known by name: where they come from, and opening them. Downloading is done by <c>kan data get</c>.</summary>
public static class KnownImages
{
    private static readonly string[] MnistMirrors = ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"];

    private static readonly string[] FashionMirrors =
    [
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    ];

    private static readonly string[] CifarMirrors =
        ["https://www.cs.toronto.edu/~kriz/", "https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/"];

    /// <summary>All data sets.</summary>
    public static IReadOnlyList<KnownDataset> All { get; } =
    [
        new("mnist", "handwritten digits, 60,000 + 10,000 grey images of 28×28", ImageNormalization.Mnist, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        [
            File("train-images-idx3-ubyte.gz", 9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", MnistMirrors),
            File("train-labels-idx1-ubyte.gz", 28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5", MnistMirrors),
            File("t10k-images-idx3-ubyte.gz", 1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", MnistMirrors),
            File("t10k-labels-idx1-ubyte.gz", 4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2", MnistMirrors),
        ]),
        new("fashion-mnist", "articles of clothing, 60,000 + 10,000 grey images of 28×28", ImageNormalization.FashionMnist,
        ["T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"],
        [
            File("train-images-idx3-ubyte.gz", 26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888", FashionMirrors),
            File("train-labels-idx1-ubyte.gz", 29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9", FashionMirrors),
            File("t10k-images-idx3-ubyte.gz", 4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073", "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b", FashionMirrors),
            File("t10k-labels-idx1-ubyte.gz", 5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34", FashionMirrors),
        ]),
        new("cifar-10", "photographs of ten kinds of things, 50,000 + 10,000 coloured images of 32×32", ImageNormalization.Cifar10, Images.Cifar10.ClassNames,
            [File("cifar-10-binary.tar.gz", 170052171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd", null, CifarMirrors)]),
    ];

    /// <summary>The data set of a name.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static KnownDataset Named(string name) => All.FirstOrDefault(set => set.Name == name) ??
        throw new ArgumentException($"There is no data set '{name}'; there are: {string.Join(", ", All.Select(set => set.Name))}.", nameof(name));

    /// <summary>Reads a data set from the disk; nothing is downloaded.</summary>
    /// <param name="name">Its name, such as "mnist".</param>
    /// <param name="folder">Folder with its files, packed or not, or with a folder of its name that has them; null for <see cref="DataCache.DefaultFolder"/>.</param>
    /// <exception cref="ArgumentException">There is no data set of this name.</exception>
    /// <exception cref="FileNotFoundException">A file is missing; the message says how to get it.</exception>
    /// <exception cref="DataFormatException">A file is damaged.</exception>
    public static (ImageSet Train, ImageSet Test) Open(string name, string? folder = null)
    {
        KnownDataset set = Named(name);
        string root = folder ?? DataCache.DefaultFolder();
        foreach (KnownFile file in set.Files)
        {
            if (DataCache.Find(set, file, root) is null && !(set.Name == "cifar-10" && Unpacked(root) is not null))
                throw new FileNotFoundException($"The file {file.Name} of '{name}' is neither in '{Path.Combine(root, name)}' nor in '{root}'. 'kan data get {name}' fetches it.", file.Name);
        }

        foreach (KnownFile file in set.Files)
        {
            if (DataCache.Find(set, file, root) is { } found && DataCache.Verify(file, found) is { } problem)
                throw new DataFormatException($"this is not the file of '{name}': {problem}", found);
        }

        if (set.Name == "cifar-10")
        {
            string place = DataCache.Find(set, set.Files[0], root) ?? Unpacked(root)!;
            return (ImageSet.FromCifar10(place, train: true), ImageSet.FromCifar10(place, train: false));
        }

        return (Part("train"), Part("t10k"));

        ImageSet Part(string part) => ImageSet.FromIdx(Place($"{part}-images-idx3-ubyte.gz"), Place($"{part}-labels-idx1-ubyte.gz"), set.ClassNames, name);

        string Place(string file) => DataCache.Find(set, set.Files.First(known => known.Name == file), root)!;
    }

    private static string? Unpacked(string root) => new[] { Path.Combine(root, "cifar-10"), root }
        .SelectMany(folder => (string[])[folder, Path.Combine(folder, "cifar-10-batches-bin")])
        .FirstOrDefault(folder => System.IO.File.Exists(Path.Combine(folder, "test_batch.bin")));

    private static KnownFile File(string name, long size, string sha256, string? content, string[] mirrors) =>
        new(name, size, sha256, content, [.. mirrors.Select(mirror => new Uri(mirror + name))]);
}
