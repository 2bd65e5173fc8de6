using System.IO.Compression;
using System.Reflection;
using KanSharp.Cli.Fitting;

namespace KanSharp.Cli.Demo;

/// <summary>One data set of the demonstration and how it is trained on.</summary>
/// <param name="Name">Name of the data and of its files.</param>
/// <param name="Resource">Name of the data file, packed or not.</param>
/// <param name="Title">Heading of the report.</param>
/// <param name="Sentence">What is to be learned.</param>
/// <param name="Kan">Settings of the KAN.</param>
/// <param name="MlpWidth">Nodes per level of the perceptron it is compared with.</param>
/// <param name="QuickEpochs">Epochs with --quick.</param>
internal sealed record DemoCase(string Name, string Resource, string Title, string Sentence, FitSettings Kan, IReadOnlyList<int> MlpWidth, int QuickEpochs)
{
    public static IReadOnlyList<DemoCase> All { get; } =
    [
        new(
            "digits",
            "digits.csv.gz",
            "Handwritten digits",
            "1797 digits written by hand, scanned to 8 × 8 grey values: which digit is it? (UCI Optical Recognition of Handwritten Digits, as in scikit-learn)",
            new FitSettings
            {
                Data = "",
                Targets = ["target"],
                Width = [64, 32, 10],
                Grid = 3,
                WeightDecay = 0.5,
                Epochs = 50,
                Validation = 0.15,
                Test = 0.25,
                Precision = "f32",
            },
            [64, 128, 10],
            3),
        new(
            "diabetes",
            "diabetes.csv",
            "Progression of diabetes",
            "442 patients with age, sex, body mass index, blood pressure and six blood values: how far has the disease progressed a year later? (Efron et al. 2004, as in scikit-learn)",
            new FitSettings
            {
                Data = "",
                Targets = ["target"],
                Width = [10, 2, 1],
                Grid = 3,
                WeightDecay = 1,
                Epochs = 100,
                Validation = 0.2,
                Test = 0.25,
                Precision = "f32",
            },
            [10, 64, 64, 1],
            5),
    ];

    /// <summary>The data as CSV text.</summary>
    public string ReadData() => ReadResource(Resource);

    /// <summary>The licence of the data.</summary>
    public static string ReadLicence() => ReadResource("NOTICE.txt");

    /// <summary>A text that comes with the tool, packed or not.</summary>
    public static string ReadResource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without its data file {name}.");
        using Stream text = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var reader = new StreamReader(text);
        return reader.ReadToEnd();
    }
}
