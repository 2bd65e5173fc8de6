using System.Text.RegularExpressions;

namespace KanSharp.Tests.Architecture;

/// <summary>Size, place and content of the source files.</summary>
public sealed class SourceTests
{
    private const int LineLimit = 400;

    private static readonly Regex Namespace = new(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant);
    private static readonly Regex PublicType = new(
        @"^public (?:(?:static|sealed|abstract|readonly|partial|ref|unsafe) )*(?:class|struct|record struct|record class|record|interface|enum|delegate [\w<>?\[\]]+) (?<name>\w+)(?<generic><)?",
        RegexOptions.Multiline | RegexOptions.CultureInvariant);

    [Fact]
    public void No_file_is_longer_than_the_limit()
    {
        IEnumerable<string> tooLong = AllFiles().Select(p => (Path: p, Count: RepositoryFiles.Lines(p).Length)).Where(f => f.Count > LineLimit)
            .Select(f => $"{f.Path} has {f.Count} lines, allowed are {LineLimit}: split it by topic");
        AssertNone(tooLong);
    }

    [Fact]
    public void Folder_is_namespace()
    {
        List<string> wrong = [];
        foreach (string path in RepositoryFiles.CSharp("src", "tests", "bench"))
        {
            // src/PROJECT/Folder/File.cs belongs to PROJECT.Folder; a program or a list of global usings has no namespace
            // extension methods that register services stand in the namespace where every program looks for them
            string expected = path.EndsWith("ServiceCollectionExtensions.cs", StringComparison.Ordinal)
                ? "Microsoft.Extensions.DependencyInjection"
                : string.Join('.', path.Split('/')[1..^1]);
            MatchCollection found = Namespace.Matches(RepositoryFiles.Text(path));
            if (found.Count > 1 || (found.Count == 1 && found[0].Groups["name"].Value != expected))
                wrong.Add($"{path} declares {string.Join(", ", found.Select(m => m.Groups["name"].Value))}, expected {expected}");
            if (found.Count == 0 && Path.GetFileName(path) is not ("Program.cs" or "Usings.cs" or "AssemblyInfo.cs"))
                wrong.Add($"{path} declares no namespace, expected {expected}");
        }

        AssertNone(wrong);
    }

    [Fact]
    public void Every_public_type_stands_in_a_file_of_its_name()
    {
        List<string> wrong = [];
        foreach (string path in RepositoryFiles.CSharp("src"))
        {
            // Var.Arithmetic.cs holds a part of Var; DatasetOfT.cs holds Dataset<T> where Dataset.cs holds its static companion
            string file = Path.GetFileName(path).Split('.')[0];
            string[] types = [.. PublicType.Matches(RepositoryFiles.Text(path)).Select(m => m.Groups["name"].Value).Distinct()];
            if (types.Length > 1)
                wrong.Add($"{path} holds {types.Length} public types: {string.Join(", ", types)}");
            else if (types.Length == 1 && types[0] != file && types[0] + "OfT" != file)
                wrong.Add($"{path} holds the public type {types[0]}: rename one of them");
        }

        AssertNone(wrong);
    }

    [Fact]
    public void The_library_never_writes_to_the_console()
        => AssertNone(Hits(RepositoryFiles.CSharp("src/KanSharp"), new Regex(@"\bConsole\s*\.", RegexOptions.CultureInvariant)));

    [Fact]
    public void No_tracked_file_names_a_place_of_one_machine()
        => AssertNone(Hits(TextFiles(), new Regex(
            @"(?<![\w.:/~)}>-])/(home|root|Users|tmp|work|mnt|scratch)/|\b[A-Z]:\\\\?Users|api\.nuget" + @"\.org|pypi\.org/" + "simple", RegexOptions.CultureInvariant)));

    [Fact]
    public void No_tracked_file_postpones_work()
        => AssertNone(Hits(TextFiles(), new Regex(@"\b(TO" + @"DO|FIX" + @"ME|NotImplemented" + @"Exception)\b", RegexOptions.CultureInvariant)));

    [Fact]
    public void There_are_files_to_look_at()
        => Assert.True(AllFiles().Count > 100 && TextFiles().Contains("Directory.Build.props"), "The repository's files were not found.");

    private static IReadOnlyList<string> AllFiles() => RepositoryFiles.CSharp("src", "tests", "bench", "samples");

    private static IReadOnlyList<string> TextFiles()
    {
        string[] data = [".csv", ".gz", ".svg", ".html", ".png", ".npy", ".npz", ".safetensors"];
        return [.. RepositoryFiles.Tracked.Where(p => !data.Contains(Path.GetExtension(p), StringComparer.Ordinal) && Path.GetFileName(p) != "SourceTests.cs")];
    }

    private static IEnumerable<string> Hits(IEnumerable<string> paths, Regex pattern)
    {
        foreach (string path in paths)
        {
            string[] lines = RepositoryFiles.Lines(path);
            for (int i = 0; i < lines.Length; i++)
            {
                if (pattern.Match(lines[i]) is { Success: true } match)
                    yield return $"{path}:{i + 1} holds '{match.Value}'";
            }
        }
    }

    private static void AssertNone(IEnumerable<string> violations)
    {
        string text = string.Join('\n', violations);
        Assert.True(text.Length == 0, text);
    }
}
