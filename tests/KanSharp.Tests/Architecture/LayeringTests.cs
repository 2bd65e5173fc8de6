using System.Text.RegularExpressions;

namespace KanSharp.Tests.Architecture;

/// <summary>A folder of the library uses only itself and the folders above it in the list.</summary>
public sealed class LayeringTests
{
    private static readonly string[] Layers =
    [
        "Numerics", "Bases", "Symbolics", "Autodiff", "Layers", "Networks", "Data", "Training", "Interpretation", "Equations", "Plotting", "Interchange",
    ];

    private static readonly Regex Mention = new(@"\bKanSharp\.(?<layer>[A-Z]\w*)", RegexOptions.CultureInvariant);

    [Fact]
    public void Every_folder_of_the_library_is_a_known_layer()
        => Assert.Empty(LibraryFiles().Select(Layer).Distinct().Except(Layers));

    [Fact]
    public void No_file_mentions_a_layer_below_its_own()
    {
        List<string> upward = [];
        foreach (string path in LibraryFiles())
        {
            foreach ((string target, int line) in Mentions(RepositoryFiles.Lines(path)))
            {
                if (Array.IndexOf(Layers, target) > Array.IndexOf(Layers, Layer(path)))
                    upward.Add($"{path}:{line} uses {target}, which comes after {Layer(path)}");
            }
        }

        Assert.True(upward.Count == 0, string.Join('\n', upward));
    }

    [Theory]
    [InlineData("using KanSharp.Training;", "Training")]
    [InlineData("using Net = KanSharp.Networks.KanNetwork<double>;", "Networks")]
    [InlineData("    var x = new global::KanSharp.Layers.Kernels.Thing();", "Layers")]
    [InlineData("/// See <see cref=\"KanSharp.Plotting.Scene\"/>.", "Plotting")]
    [InlineData("    Training.Trainer.Fit(model);", "Training")]
    [InlineData("namespace KanSharp.Bases;", null)]
    [InlineData("    options.Training.Epochs = 3;", null)]
    public void The_reader_of_mentions_sees_every_form(string line, string? expected)
        => Assert.Equal(expected is null ? [] : [expected], Mentions([line]).Select(m => m.Layer));

    /// <summary>Whole names (<c>KanSharp.Data.Csv</c>), and names that C# resolves from inside <c>namespace KanSharp.…</c> (<c>Data.Csv</c>).</summary>
    private static IEnumerable<(string Layer, int Line)> Mentions(string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("namespace ", StringComparison.Ordinal))
                continue;
            foreach (Match match in Mention.Matches(lines[i]))
                yield return (match.Groups["layer"].Value, i + 1);
            foreach (string layer in Layers)
            {
                if (Regex.IsMatch(lines[i], $@"^\s*(using (static )?|return |await |new )?{layer}\.[A-Z]\w*[.(<]", RegexOptions.CultureInvariant))
                    yield return (layer, i + 1);
            }
        }
    }

    private static IEnumerable<string> LibraryFiles() => RepositoryFiles.CSharp("src/KanSharp");

    private static string Layer(string path) => path.Split('/')[2];
}
