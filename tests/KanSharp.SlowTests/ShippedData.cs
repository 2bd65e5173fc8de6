using KanSharp.Data;

namespace KanSharp.SlowTests;

/// <summary>The data sets that ship with the command line.</summary>
internal static class ShippedData
{
    /// <summary>Ten measurements of 442 patients and the progression of their disease.</summary>
    public static Table Diabetes => Csv.Read(PathOf("diabetes.csv"));

    /// <summary>1797 images of handwritten digits.</summary>
    public static Table Digits => Csv.Read(PathOf("digits.csv.gz"), new CsvOptions { TextColumns = ["target"] });

    /// <summary>500 noisy rows of the law of thin lenses.</summary>
    public static Table Lens => Csv.Read(PathOf("lens.csv"));

    private static string PathOf(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KanSharp.slnx")))
                return Path.Combine(folder.FullName, "src", "KanSharp.Cli", "Data", name);
        }

        throw new DirectoryNotFoundException("KanSharp.slnx was not found above the test assembly.");
    }
}
